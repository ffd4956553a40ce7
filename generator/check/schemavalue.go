package check

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"allclear/generator/source"
	"allclear/generator/status"
)

// The values of keys. YAML reads 42 and true as a number and a boolean, and check
// takes them as the text that they are.

func described(key string, value Schema) Schema {
	if text := keyWords[key]; text != "" {
		value["description"] = text
	}
	return value
}

func orNull(s Schema) Schema { return Schema{"anyOf": []Schema{s, {"type": "null"}}} }

func listOf(item Schema) Schema { return orNull(Schema{"type": "array", "items": item}) }

// anyLine is a line of text.
func anyLine() Schema {
	return Schema{"type": []string{"string", "number", "boolean"}, "pattern": `^\s*\S([^\n]*\S)?\s*$`}
}

// anyScalar is a text of any length.
func anyScalar() Schema {
	return Schema{"type": []string{"string", "number", "boolean"}, "pattern": `\S`}
}

func matching(pattern string) Schema { return Schema{"type": "string", "pattern": pattern} }

func oneOfWords(words ...string) func() Schema {
	return func() Schema { return Schema{"enum": words} }
}

// manyOf is one scalar or a list of them.
func manyOf(item Schema) Schema {
	return Schema{"anyOf": []Schema{item, {"type": "array", "items": item}, {"type": "null"}}}
}

// aTimestamp is what package source reads as one.
func aTimestamp() Schema {
	return matching(`^\d{4}-\d\d-\d\d([Tt]| +)\d\d:\d\d(:\d\d(\.\d{1,9})?)? *([Zz]|[Uu][Tt][Cc]|[+-]\d\d:\d\d)$`)
}

// aDuration is what time.ParseDuration reads, of units that are used.
func aDuration() Schema { return matching(`^((\d+\.?\d*|\.\d+)[hms])+$`) }

func aDate() Schema { return orNull(matching(`^\d{4}-\d\d-\d\d$`)) }

// anID is an id of an event, a theme or a group. One of digits is a number.
func anID() Schema {
	return Schema{"type": []string{"string", "integer", "boolean"}, "pattern": `^[a-z0-9][a-z0-9-]*$`, "maxLength": source.MaxID}
}

// aComponentID is an id that a component can have.
func aComponentID() Schema {
	return Schema{
		"type": []string{"string", "boolean"}, "pattern": `^[a-z][a-z0-9-]*$`, "maxLength": source.MaxID,
		"not": Schema{"enum": reservedIDs},
	}
}

func anAPIID() Schema {
	return Schema{"type": []string{"string", "integer", "boolean"}, "pattern": apiID.String(), "maxLength": maxAPIID}
}

// componentsOf are the components of an event of the config's site: an id, a list
// of ids, or a map from ids to statuses.
func (c *Config) componentsOf() Schema {
	id := anyScalar()
	if len(c.declared) > 0 {
		var ids []string
		for name := range c.declared {
			ids = append(ids, name)
		}
		slices.Sort(ids)
		id = Schema{"enum": ids}
	}
	s := manyOf(id)
	s["anyOf"] = append(s["anyOf"].([]Schema), Schema{
		"type": "object", "propertyNames": id, "additionalProperties": Schema{"enum": status.ComponentStatuses()},
	})
	return s
}

// aNumber is a number from low to high.
func aNumber(low, high float64, whole bool) Schema {
	kind := "number"
	if whole {
		kind = "integer"
	}
	return Schema{"type": []string{kind, "null"}, "minimum": low, "maximum": high}
}

// aFile is the name of a file with one of some endings, in any letter case.
func aFile(endings []string) Schema {
	var either []string
	for _, ending := range endings {
		var b strings.Builder
		for _, r := range regexp.QuoteMeta(ending) {
			if r >= 'a' && r <= 'z' {
				b.WriteString("[" + string(r) + strings.ToUpper(string(r)) + "]")
			} else {
				b.WriteRune(r)
			}
		}
		either = append(either, b.String())
	}
	return matching(`^[^\n]*(` + strings.Join(either, "|") + `)\s*$`)
}

// inSchemes is a value, or a map with one for light and one for dark pages.
func inSchemes(value Schema) Schema {
	value = maps.Clone(value)
	return Schema{"anyOf": []Schema{value, {
		"type": "object", "properties": Schema{"light": value, "dark": value},
		"required": []string{"light", "dark"}, "additionalProperties": false,
	}}}
}

// inLanguages is a line, or a map from languages to lines: those of the site, the
// default one first, or any if they are not known.
func inLanguages(tags []string) Schema {
	lines := Schema{"type": "object", "additionalProperties": anyLine(), "minProperties": 1}
	if len(tags) > 0 {
		properties := Schema{}
		for _, tag := range tags {
			properties[tag] = anyLine()
		}
		lines = Schema{"type": "object", "properties": properties, "required": tags[:1], "additionalProperties": false}
	}
	return Schema{"anyOf": []Schema{anyLine(), lines}}
}

// keyWords say what a key is for, where an editor shows it.
var keyWords = map[string]string{
	"title":           "One line that readers see first.",
	"component":       "What is affected: an id, a list of ids, or a map from ids to statuses.",
	"components":      "What is affected, or what users depend on, in the order of every page.",
	"severity":        "How bad it is: none, minor, major or critical. By default it follows from the worst component status.",
	"investigating":   "When this status first began, with its zone.",
	"identified":      "When this status first began, with its zone.",
	"monitoring":      "When this status first began, with its zone.",
	"resolved":        "When the incident was resolved, with its zone.",
	"postmortem":      "When the postmortem was published, with its zone.",
	"scheduled":       "When the maintenance was announced, with its zone.",
	"in_progress":     "When the work began, if not by the clock.",
	"verifying":       "When this status first began, with its zone.",
	"completed":       "When the work was over, if not by the clock.",
	"cancelled":       "When the maintenance was called off, with its zone.",
	"scheduled_for":   "When the maintenance begins, as it was announced.",
	"scheduled_until": "When the maintenance ends, as it was announced.",
	"started":         "When the impact really began, if that is not the first update.",
	"ended":           "When the impact really ended, if that is not the resolving update.",
	"publish":         "scheduled: updates dated in the future are held back until their time.",
	"draft":           "true: shown only in the preview.",
	"imported":        "true: it was public before it came to this site, so its updates count as published when they happened.",
	"related":         "Ids of other events, shown on both pages.",
	"aliases":         "Old paths or ids that still lead here.",
	"api_id":          "The id in the API, if it is not the file's name or the component's id.",
	"from":            "When the announcement is first shown.",
	"until":           "When the announcement is no longer shown.",
	"kind":            "The kind of event: incident or maintenance.",
	"for":             "How long a maintenance takes: 2h, 1h30m.",
	"url":             "The address of the published site, without a slash at its end.",
	"timezone":        "The zone of pages, days and the API: an IANA name such as Europe/Berlin.",
	"language":        "The language of the site, a tag such as en or pt-BR.",
	"languages":       "The languages of the site, the default one first.",
	"theme":           "default, or the name of a folder in themes/.",
	"history_days":    "How many quiet days the index lists.",
	"limits":          "How much a site may have, where the usual limits are too low.",
	"events":          "Incidents and maintenances.",
	"updates":         "Updates of one event.",
	"changes":         "Changes of components' statuses in one event.",
	"months":          "Months of the history in which each event is, of all events.",
	"aliases_in_all":  "Aliases of all events.",
	"text_mb":         "Megabytes of text.",
	"static_files":    "Files in content/static/.",
	"files":           "Files of the output.",
	"output_mb":       "Megabytes of output.",
	"uptime":          "How uptime is counted.",
	"days":            "How many days the bars show.",
	"partial_outage":  "The weight of a second of partial outage, 0 to 1.",
	"major_outage":    "The weight of a second of major outage, 0 to 1.",
	"links":           "Links in the footer.",
	"repository":      "The https address of the repository, whose history of each event the event's page links.",
	"forge":           "What shows the repository, where its host does not say: github, gitlab, gitea, forgejo or bitbucket.",
	"content":         "The content folder, from the root of the repository; content if it is left out.",
	"withdrawn":       "What was public and must go; its address says so.",
	"on":              "The day on which it was withdrawn.",
	"reason":          "Why, for readers.",
	"subscribe":       "Other ways to hear of updates.",
	"remind":          "How long an open incident may be without an update before check says so, 1h or more.",
	"provenance":      "git: the history of the repository says when each update was published.",
	"disable":         "Codes of warnings and notes that check does not print.",
	"freshness":       "How long a build counts as current, 1h to 720h.",
	"logo":            "A picture in content/static/, or one for light and one for dark pages.",
	"favicon":         "A picture in content/static/, for the browser's tab.",
	"accent":          "The site's own colour for light pages, and the one for dark pages.",
	"css":             "A style sheet in content/static/, loaded after the theme's.",
	"static":          "What may be in content/static/.",
	"allow":           "Files in content/static/ that a browser may run, by name: they are code.",
	"social_images":   "true: a preview picture for each event's page when it is shared.",
	"id":              "A lasting id: it is part of addresses.",
	"name":            "What readers see.",
	"description":     "What it is, in one line.",
	"start_date":      "The first day of which uptime is known.",
	"retired":         "The day from which on it is kept only for history.",
	"group":           "The name of a group of components.",
	"header":          "true: the link is in the header too.",
}
