package command

import (
	"strings"

	"github.com/spf13/cobra"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/edit"
	"allclear/generator/status"
)

// completion completes a word with what the content has. It prints no error.
func (w *writing) completion(words func(c *edit.Content, args []string, begun string) []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		c, err := edit.Read(w.options())
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		found := words(c, args, begun)
		directive := cobra.ShellCompDirectiveNoFileComp
		if len(found) > 0 && strings.Contains(found[0], "=\t") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		return found, directive
	}
}

func (w *writing) completeUpdate(cmd *cobra.Command) {
	cmd.ValidArgsFunction = w.completion(func(c *edit.Content, args []string, _ string) []string {
		switch {
		case len(args) == 0:
			return append(eventWords(c.Open()), statusWords(status.Incident, status.Maintenance)...)
		case len(args) == 1 && edit.StatusNamed(args[0]) == 0:
			kinds := []status.Kind{status.Incident, status.Maintenance}
			if e, err := c.Find(args[0], 0); err == nil {
				kinds = []status.Kind{e.Kind}
			}
			return statusWords(kinds...)
		}
		return nil
	})
	must(cmd.RegisterFlagCompletionFunc("set", w.completion(componentWords)))
	w.completeFlags(cmd)
}

func (w *writing) completeNew(cmd *cobra.Command) {
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	must(cmd.RegisterFlagCompletionFunc("component", w.completion(componentWords)))
	must(cmd.RegisterFlagCompletionFunc("status", cobra.FixedCompletions(statusWords(status.Incident, status.Maintenance), cobra.ShellCompDirectiveNoFileComp)))
	w.completeFlags(cmd)
}

// completeFlags completes the flags that new and update share.
func (w *writing) completeFlags(cmd *cobra.Command) {
	must(cmd.RegisterFlagCompletionFunc("severity", cobra.FixedCompletions(status.Severities(), cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("template", w.completion(func(c *edit.Content, _ []string, _ string) []string {
		var names []string
		for _, t := range c.Site.Templates {
			names = append(names, t.Name)
		}
		return names
	})))
	for _, name := range []string{"message", "at", "next", "from", "until"} {
		must(cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions))
	}
}

func (w *writing) completeRename(cmd *cobra.Command) {
	cmd.ValidArgsFunction = w.completion(func(c *edit.Content, args []string, _ string) []string {
		if len(args) > 0 {
			return nil
		}
		return eventWords(c.Events)
	})
}

// eventWords are the ids of events with their titles.
func eventWords(events []*derive.Event) []string {
	var words []string
	for _, e := range events {
		words = append(words, cobra.CompletionWithDesc(e.ID, diag.Printable(e.Title)))
	}
	return words
}

func statusWords(kinds ...status.Kind) []string {
	var words []string
	for _, kind := range kinds {
		words = append(words, status.EventStatuses(kind)...)
	}
	return words
}

// componentWords complete COMPONENT, and after = its status.
func componentWords(c *edit.Content, _ []string, begun string) []string {
	var words []string
	if name, _, ok := strings.Cut(begun, "="); ok {
		for _, s := range status.ComponentStatuses() {
			words = append(words, name+"="+s)
		}
		return words
	}
	for _, component := range c.Site.Components {
		if !component.RetiredAt(c.Now) {
			words = append(words, cobra.CompletionWithDesc(component.ID+"=", diag.Printable(component.FullName())))
		}
	}
	return words
}
