package page

import "allclear/generator/diag"

var (
	ruleMissing = rules.Declare(diag.Rule{
		Code:  "theme-missing",
		Title: "The theme that site.yaml names must exist",
		Why:   "Without its templates there is nothing to make pages with.",
	})
	ruleFile = rules.Declare(diag.Rule{
		Code:  "theme-file",
		Title: "A theme must be made of plain files of a moderate size",
		Why:   "A link could lead out of the theme's folder, and publish a file that was never meant for readers.",
	})
	ruleYAML = rules.Declare(diag.Rule{
		Code:  "theme-yaml",
		Title: "A theme.yaml must hold known keys with plain values",
		Why:   "A mistyped key would be ignored in silence, and the page would not look as its author meant.",
	})
	ruleTemplate = rules.Declare(diag.Rule{
		Code:  "theme-template",
		Title: "Every template must parse, and use only fields and templates that exist",
		Why:   "A mistake in a branch that is seldom taken would fail the build in the middle of an outage.",
	})
	ruleString = rules.Declare(diag.Rule{
		Code:  "theme-string",
		Title: "Every string that a page says must be in the theme's i18n files, with the placeholders that it is given",
		Why:   "A reader would see the name of a string, or a bare {placeholder}, instead of a sentence.",
	})
	ruleUntranslated = rules.Declare(diag.Rule{
		Code: "theme-untranslated", Level: diag.Warning,
		Title: "A theme says every string in the site's language, with that language's plural forms",
		Why:   "A reader would meet English in the middle of a page, or a number that is counted wrongly.",
	})
)

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
