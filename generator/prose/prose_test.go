package prose_test

import (
	"testing"
	"time"

	"allclear/generator/prose"
)

// TestWordsThatReadersUnderstandAreNotReported holds what real texts say that
// looks like a mistake and is none.
func TestWordsThatReadersUnderstandAreNotReported(t *testing.T) {
	for _, text := range []string{
		"The upgrade is today, Thursday 23rd of May, at 15:00 UTC (16:00 Paris).",
		"Errors rose from 15:02 UTC on and were over by 17:05.",
		"Endpoints such as /repos/{owner}/{repo} were slow.",
		"There is no ETA at the moment.",
		"It was fixed in 10 minutes.",
		"Version 1.2.3.4 is out; name servers such as 8.8.8.8 answer.",
		"```\n10.0.0 TODO today 09:03\n```",
		"Write to support@example.com.",
	} {
		if found := prose.Read([]byte(text), prose.Context{At: time.Unix(0, 0), Incident: true}); len(found) > 0 {
			t.Errorf("%q: %s", text, found[0].Message)
		}
	}
}

func TestASecretIsFoundInCodeToo(t *testing.T) {
	found := prose.Read([]byte("```\nexport KEY=AKIAIOSFODNN7EXAMPLE\n```\n"), prose.Context{})
	if len(found) != 1 || found[0].Rule.Code != "secret-in-text" {
		t.Errorf("found %v", found)
	}
}
