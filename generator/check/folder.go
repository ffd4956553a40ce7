package check

import (
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleWrongFolder = rules.Declare(diag.Rule{
	Code:  "wrong-folder",
	Title: "An incident is in incidents/, a maintenance in maintenance/, an announcement in announcements/",
	Why:   "The folder says what a file is, and so which keys it has and what the clock does to it.",
})

// wrongFolder reports a file whose keys are those of another folder, in one
// diagnostic.
func (d *document) wrongFolder() bool {
	if d.Language != "" || d.Folder == "templates" {
		return false
	}
	belongs := folderOf(d.Fields)
	if belongs == "" || belongs == d.Folder {
		return false
	}
	noun := map[string]string{"incidents": "an incident", "maintenance": "a maintenance", "announcements": "an announcement"}
	file, content := d.File.Name(), path.Dir(d.declaredIn)
	d.list.Add(ruleWrongFolder.At(diag.Position{File: file}, "has the keys of %s, and is in %s/", noun[belongs], d.Folder).
		WithHint("move it:\ngit mv %s %s", file, path.Join(content, belongs)+strings.TrimPrefix(file, path.Join(content, d.Folder))))
	return true
}

// folderOf is the folder whose keys a front matter has and of which no other
// folder knows one; "" if that does not decide it.
func folderOf(v source.Value) string {
	has := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { _, ok := v.Field(key); return ok })
	}
	incident := has(eventStatuses[status.Incident]...)
	maintenance := has("scheduled_for", "scheduled_until", "scheduled")
	announcement := has("from", "until")
	switch {
	case incident && !maintenance && !announcement:
		return "incidents"
	case maintenance && !incident && !announcement:
		return "maintenance"
	case announcement && !incident && !maintenance && !has("component", "components", "severity"):
		return "announcements"
	}
	return ""
}
