package preview_test

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator/preview"
)

func TestTheLastGoodSiteStaysWhileTheContentIsBroken(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	file := filepath.Join(folder, "content/incidents/api-is-slow.md")
	states, _ := s.listen()
	first := await(t, states)
	if first.Problems != "" {
		t.Fatalf("problems at the start: %s", first.Problems)
	}

	write(t, file, strings.Replace(incident("<b>Broken</b>"), "component: api", "component: <img src=x onerror=alert(1)>", 1))
	broken := await(t, states)
	for _, part := range []string{
		`content/incidents/api-is-slow.md:3:12</p>`,
		"unknown component", "[unknown-component]", "hint: ",
		`<pre><span class="line">3</span> component: <mark>&lt;</mark>img src=x onerror=alert(1)&gt;</pre>`,
	} {
		if !strings.Contains(broken.Problems, part) {
			t.Errorf("%q is not in the problems:\n%s", part, broken.Problems)
		}
	}
	if strings.Contains(broken.Problems, "<img") {
		t.Errorf("content is not escaped:\n%s", broken.Problems)
	}
	if broken.Generation != first.Generation {
		t.Error("pages would be loaded again although the site is the same")
	}
	if page := s.get("/incidents/api-is-slow/"); !strings.Contains(page, "The API is slow") {
		t.Error("the last good page is gone")
	}
	if r := s.next(); !r.Diagnostics.HasErrors() {
		t.Error("the errors are not reported to the user")
	}

	write(t, file, incident("Fixed"))
	fixed := await(t, states)
	if fixed.Problems != "" || fixed.Pages <= first.Generation {
		t.Errorf("after the fix: %+v, at first %+v", fixed, first)
	}
	s.shows("/incidents/api-is-slow/", "Fixed")
}

func TestATemplateErrorIsShownLikeAnyOtherError(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	states, _ := s.listen()
	await(t, states)
	write(t, filepath.Join(folder, "themes/default/templates/index.html"), "{{template \"base\" .}}\n{{define \"main\"}}{{.Nothing}}{{end}}\n")
	if broken := await(t, states); !strings.Contains(broken.Problems, "themes/default/templates/index.html:2:") {
		t.Errorf("problems:\n%s", broken.Problems)
	}
}

func TestWithoutAGoodBuildThePageListsTheProblems(t *testing.T) {
	folder := newFolder(t)
	file := filepath.Join(folder, "content/incidents/api-is-slow.md")
	write(t, file, strings.Replace(incident("Broken"), "component: api", "component: ap1", 1))
	s := serveFolder(t, folder, nil)
	states, _ := s.listen()
	first := await(t, states)

	for _, path := range []string{"/", "/incidents/api-is-slow/", "/api/v2/status.json"} {
		response, page := s.ask("GET", path, nil)
		if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(page, "api-is-slow.md:3:12") || !scriptElement.MatchString(page) {
			t.Errorf("%s: status %d\n%s", path, response.StatusCode, page)
		}
		if response.Header.Get("Content-Security-Policy") == "" || strings.Contains(page, "<style") {
			t.Error("the page has no policy, or one that it breaks")
		}
	}
	write(t, file, strings.Replace(incident("Broken"), "component: api", "component: ap2", 1))
	if second := await(t, states); second.Pages <= first.Generation {
		t.Error("the page of problems is not loaded again")
	}
	write(t, file, incident("Fixed"))
	if third := await(t, states); third.Pages <= first.Generation+1 {
		t.Error("the good page is not loaded")
	}
	s.shows("/incidents/api-is-slow/", "Fixed")
}

func TestWarningsAreNotShownOnThePage(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	states, _ := s.listen()
	await(t, states)
	write(t, filepath.Join(folder, "content/logo.png"), "a stray file")
	if r := s.next(); len(r.Diagnostics) != 1 || r.Diagnostics.HasErrors() {
		t.Errorf("the reported diagnostics are %v", r.Diagnostics)
	}
	write(t, filepath.Join(folder, "content/incidents/api-is-slow.md"), incident("The API is fast"))
	if state := await(t, states); state.Problems != "" {
		t.Errorf("problems: %s", state.Problems)
	}
}

func TestAFileThatCantBeReadIsReported(t *testing.T) {
	folder := newFolder(t)
	file := filepath.Join(folder, "content/static/hello.txt")
	write(t, file, "hello")
	poll := func(o *preview.Options) { o.Poll = true } // so that the request comes before the rebuild
	s := serveFolder(t, folder, poll)
	must(t, os.Remove(file))
	response, page := s.ask("GET", "/hello.txt", nil)
	switch response.StatusCode {
	case http.StatusNotFound: // the rebuild was there first
	case http.StatusInternalServerError:
		if !strings.Contains(page, fs.ErrNotExist.Error()) && !strings.Contains(page, "no such file") || !scriptElement.MatchString(page) {
			t.Errorf("the page does not say why:\n%s", page)
		}
	default:
		t.Errorf("status %d", response.StatusCode)
	}
	write(t, file, "hello again")
	s.shows("/hello.txt", "hello again")
}

func TestDraftsAndHeldBackUpdatesAreShown(t *testing.T) {
	folder := newFolder(t)
	draft := strings.Replace(incident("Not yet public"), "component:", "draft: true\ncomponent:", 1)
	write(t, filepath.Join(folder, "content/incidents/draft.md"), draft)
	heldBack := strings.ReplaceAll(incident("Held back"), "2022-12-01", "2022-12-09")
	heldBack = strings.Replace(heldBack, "component:", "publish: scheduled\ncomponent:", 1)
	write(t, filepath.Join(folder, "content/incidents/held-back.md"), heldBack)
	s := serveFolder(t, folder, func(o *preview.Options) {
		o.Site.Pinned, o.Clock = false, func() time.Time { return noon }
	})
	s.shows("/incidents/draft/", "Not yet public")
	s.shows("/incidents/held-back/", "Held back")
}

func TestAChangeOfOnlyStylesDoesNotReloadPages(t *testing.T) {
	folder := newFolder(t)
	css := filepath.Join(folder, "themes/default/static/style.css")
	write(t, css, "/* one */")
	s := serveFolder(t, folder, nil)
	states, _ := s.listen()
	first := await(t, states)
	write(t, css, "/* two */")
	styled := await(t, states)
	if styled.Generation <= first.Generation || styled.Pages != first.Pages {
		t.Errorf("after a style: %+v, before %+v", styled, first)
	}
	// Fixing an error in between is more than a change of styles.
	write(t, filepath.Join(folder, "content/incidents/api-is-slow.md"), "broken")
	if broken := await(t, states); broken.Problems == "" {
		t.Fatal("nothing is broken")
	}
	write(t, filepath.Join(folder, "content/incidents/api-is-slow.md"), incident("Fixed"))
	if fixed := await(t, states); fixed.Pages != fixed.Generation {
		t.Errorf("after the fix: %+v", fixed)
	}
}
