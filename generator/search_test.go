package generator_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"allclear/generator/testbrowser"
)

func TestAReaderFindsATitleInTheHistory(t *testing.T) {
	files := map[string]string{"site.yaml": "title: A\nurl: https://status.example.com\ncomponents: [{ id: api, name: API }]\n"}
	for id, title := range map[string]string{"2024-05-01-a": "Le café est fermé", "2026-05-02-b": "API: errors & <b>delays</b>", "2026-05-03-c": "Delays of the API"} {
		files["incidents/"+id+".md"] = "---\ntitle: " + `"` + title + `"` + "\nseverity: minor\ninvestigating: " + id[:10] + " 08:00 UTC\nresolved: " + id[:10] + " 09:00 UTC\n---\n\nx\n"
	}
	server := testbrowser.Serve(t, builtFrom(t, files))
	var got struct {
		Before, Asked []string
		Answers       []struct {
			Found         string
			Titles, Links []string
		}
	}
	testbrowser.Run(t, "search.mjs", map[string]any{"url": server.URL + "/history/", "searches": []string{"CAFE", "delays api", "<b>", "nowhere"}}, &got)
	if len(got.Before) > 0 || len(got.Asked) != 2 {
		t.Errorf("it loads %q, of them before a search %q", got.Asked, got.Before)
	}
	for i, want := range [][]string{{"Le café est fermé"}, {"Delays of the API", "API: errors & <b>delays</b>"}, {"API: errors & <b>delays</b>"}, nil} {
		if answer := got.Answers[i]; !slices.Equal(answer.Titles, want) || !strings.HasPrefix(answer.Found, "Results: ") {
			t.Errorf("search %d: %q, it finds %q, want %q", i, answer.Found, answer.Titles, want)
		}
		for _, link := range got.Answers[i].Links {
			if response, err := http.Get(link); err != nil || response.StatusCode != http.StatusOK {
				t.Errorf("%s leads nowhere: %v", link, err)
			}
		}
	}
}
