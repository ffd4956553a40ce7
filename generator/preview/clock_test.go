package preview

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
)

const maintenance = `---
title: An upgrade
component: api
scheduled: 1999-12-31 10:00 UTC
scheduled_for: 2000-01-01 01:00 UTC
scheduled_until: 2000-01-01 02:30 UTC
---

We upgrade.
`

// TestTheClockUpdatesThePreview lets the hours of a maintenance pass. A bubble's
// clock begins at midnight of 2000-01-01 UTC.
func TestTheClockUpdatesThePreview(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	write := func(name, text string) {
		name = filepath.Join(content, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n")
	write("maintenance/upgrade.md", maintenance)
	for _, pinned := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			var got []time.Time
			o := Options{
				Site:  generator.Options{Content: content, Theme: os.DirFS("../../themes/default"), Now: time.Now(), Pinned: pinned},
				Clock: time.Now,
			}
			o.Rebuilt = func(r Rebuild) {
				if r.Changed == nil || len(r.Changed) > 0 || r.Err != nil || len(r.Diagnostics) > 0 {
					t.Errorf("the clock's rebuild: %+v", r)
				}
				got = append(got, time.Now().UTC())
			}
			p := newPreview(o, "http://127.0.0.1:8080")
			ctx, cancel := context.WithCancel(t.Context())
			if first := p.rebuild(nil); first.Err != nil || first.Diagnostics.HasErrors() {
				t.Fatalf("the first build: %+v", first)
			}
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				_ = p.rebuildOnChanges(ctx, nil, nil)
			}()
			time.Sleep(3 * time.Hour)
			cancel()
			<-ended
			var want []time.Time
			if !pinned {
				want = []time.Time{
					time.Date(2000, 1, 1, 1, 0, 0, 0, time.UTC),
					time.Date(2000, 1, 1, 2, 30, 0, 0, time.UTC),
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rebuilds, pinned %v (-want +got):\n%s", pinned, diff)
			}
		})
	}
}

// TestAnUpdateDatedInTheFutureIsRightOnceItsTimeComes also checks that only the
// last rebuild is reported.
func TestAnUpdateDatedInTheFutureIsRightOnceItsTimeComes(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	if err := os.MkdirAll(filepath.Join(content, "incidents"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"site.yaml":          "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n",
		"incidents/early.md": "---\ntitle: Early\ncomponent: { api: degraded_performance }\ninvestigating: 2000-01-01 00:30 UTC\n---\n\nText.\n",
	} {
		if err := os.WriteFile(filepath.Join(content, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		var got []Rebuild
		var at []time.Time
		p := newPreview(Options{
			Site:    generator.Options{Content: content, Theme: os.DirFS("../../themes/default")},
			Clock:   time.Now,
			Rebuilt: func(r Rebuild) { got, at = append(got, r), append(at, time.Now()) },
		}, "http://127.0.0.1:8080")
		ctx, cancel := context.WithCancel(t.Context())
		if first := p.rebuild(nil); !first.Diagnostics.HasErrors() {
			t.Fatalf("the first build: %+v", first)
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = p.rebuildOnChanges(ctx, nil, nil)
		}()
		time.Sleep(2 * time.Hour)
		cancel()
		<-ended
		if len(got) != 1 || got[0].Diagnostics.HasErrors() {
			t.Fatalf("the clock's rebuilds: %+v", got)
		}
		due := time.Date(2000, 1, 1, 0, 30, 0, 0, time.UTC)
		if early := due.Sub(at[0]); early < 0 || early > time.Minute {
			t.Errorf("rebuilt without errors at %s, want %s", at[0].UTC(), due)
		}
	})
}
