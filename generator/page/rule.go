package page

import "allclear/generator/diag"

var (
	ruleMissing = rules.Declare(diag.Rule{
		Code:  "theme-missing",
		Title: "The theme that site.yaml names exists",
		Why:   "Without its templates no page can be made.",
	})
	ruleFile = rules.Declare(diag.Rule{
		Code:  "theme-file",
		Title: "A theme consists of plain files of a moderate size",
		Why:   "A link could lead out of the theme's folder and publish a private file.",
	})
	ruleYAML = rules.Declare(diag.Rule{
		Code:  "theme-yaml",
		Title: "A theme.yaml has only known keys, with plain values",
		Why:   "A mistyped key would be ignored silently, and the pages would not look as the author of the theme meant.",
	})
	ruleTemplate = rules.Declare(diag.Rule{
		Code:  "theme-template",
		Title: "Every template can be parsed, and uses only fields and templates that exist",
		Why:   "A mistake in a branch that is rarely taken would make a build fail in the middle of an outage.",
	})
	ruleString = rules.Declare(diag.Rule{
		Code:  "theme-string",
		Title: "Every string that a page uses is in the theme's i18n files, with the placeholders that it is given",
		Why:   "A reader would see the key of a string, or a {placeholder}, instead of a sentence.",
	})
	ruleUntranslated = rules.Declare(diag.Rule{
		Code: "theme-untranslated", Level: diag.Warning,
		Title: "A theme has every string in the site's languages, with their plural forms",
		Why:   "A reader would see English in the middle of a page, or a number with the wrong plural.",
	})
)

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
