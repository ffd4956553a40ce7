package command_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"allclear/generator/command"
	"allclear/generator/importer/testimport"
)

// examplePage has a number of incidents, newest first.
func examplePage(events int) *testimport.Page {
	p := &testimport.Page{Form: "history", Now: clock(), Page: map[string]any{"id": "p1", "name": "Example", "url": "https://status.example.com"}}
	for i := range events {
		at := clock().AddDate(0, 0, -i-1).Format("2006-01-02T15:04:05Z")
		p.Events = append(p.Events, map[string]any{
			"id": fmt.Sprintf("e%d", i), "name": "It", "status": "resolved", "impact": "minor", "created_at": at, "updated_at": at,
			"incident_updates": []any{map[string]any{"id": fmt.Sprintf("u%d", i), "status": "resolved", "body": "It is over.", "display_at": at}},
		})
	}
	return p
}

func runImport(ctx context.Context, address string, more ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = command.Run(ctx, command.Host{
		Args:   append([]string{"import", "statuspage", address, "--rate", "1000"}, more...),
		Getenv: func(string) string { return "" }, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err, Now: clock,
	})
	return status, out.String(), err.String()
}

func TestAPageIsImportedByItsAddress(t *testing.T) {
	t.Chdir(t.TempDir())
	server := httptest.NewServer(examplePage(60))
	defer server.Close()
	for _, verdict := range []string{"wrote 61 files\n60 events are in, 0 left out: exit status 0\n", "wrote 0 files; 60 events already there\n60 events are in, 0 left out: exit status 0\n"} {
		status, stdout, stderr := runImport(t.Context(), server.URL)
		if status != 0 || !strings.HasSuffix(stdout, verdict) || !strings.HasPrefix(stderr, "the page's responses are kept in statuspage-127.0.0.1-") {
			t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
		}
	}
}

func TestAnImportThatIsInterruptedSaysThatItCanGoOn(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	p := examplePage(60)
	p.Before = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/e55.json") {
			cancel()
		}
		return false
	}
	server := httptest.NewServer(p)
	defer server.Close()
	status, stdout, stderr := runImport(ctx, server.URL, "--recorded", "kept")
	if status != 1 || stdout != "" || stderr != "what was read so far is kept; run the same command again to go on from there\nallclear: interrupted\n" {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	if _, err := os.Stat("content"); err == nil {
		t.Error("content was written")
	}
	if _, err := os.Stat("kept/incidents/e54.json"); err != nil {
		t.Error(err)
	}
	status, stdout, _ = runImport(t.Context(), server.URL, "--recorded", "kept")
	if status != 0 || !strings.HasSuffix(stdout, "\n60 events are in, 0 left out: exit status 0\n") {
		t.Errorf("exit status %d\n%s", status, stdout)
	}
}
