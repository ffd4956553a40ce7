package preview

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

const timeout = 60 * time.Second

// TestAfterAnOverflowEverythingCountsAsChanged fills the system's queue of events
// while nobody reads it.
func TestAfterAnOverflowEverythingCountsAsChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("filling the kernel's queue takes some seconds")
	}
	length := queueLength(t)
	folder := t.TempDir()
	folders := watchedFolders(filepath.Join(folder, "content"))
	below := filepath.Join(folder, "content", "incidents")
	if err := os.MkdirAll(below, 0o777); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	changes, watching, ended := make(chan string), make(chan struct{}), make(chan error, 1)
	begun := false
	go func() {
		ended <- watchEvents(ctx, folders, changes, func() {
			if !begun {
				begun = true
				close(watching)
			}
		})
	}()
	<-watching
	for i := range length { // two events and more each
		name := filepath.Join(below, strconv.Itoa(i%2))
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	// A folder that is created while events are lost is watched afterwards.
	late := filepath.Join(below, "late")
	if err := os.Mkdir(late, 0o777); err != nil {
		t.Fatal(err)
	}
	waitFor(t, changes, everything)
	if err := os.WriteFile(filepath.Join(late, "a.md"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	waitFor(t, changes, "content/incidents/late/a.md")
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func waitFor(t *testing.T, changes <-chan string, want string) {
	t.Helper()
	deadline := time.After(timeout)
	for {
		select {
		case name := <-changes:
			if name == want {
				return
			}
		case <-deadline:
			t.Fatalf("%q was not received", want)
		}
	}
}

// queueLength is how many events wait before they are lost.
func queueLength(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Skipf("this test needs Linux, not %s", runtime.GOOS)
	}
	length, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if length > 200_000 {
		t.Skipf("this test would have to fill a queue of %d events", length)
	}
	return length
}

// TestPollingNoticesAChangeWithTheSameSizeAndTime is about disks with coarse
// times.
func TestPollingNoticesAChangeWithTheSameSizeAndTime(t *testing.T) {
	folder := t.TempDir()
	folders := watchedFolders(filepath.Join(folder, "content"))
	file := filepath.Join(folder, "content", "site.yaml")
	tick := time.Date(2022, 12, 5, 12, 0, 0, 0, time.UTC)
	save := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, tick, tick); err != nil {
			t.Fatal(err)
		}
	}
	save("title: Before")
	ctx, cancel := context.WithCancel(t.Context())
	changes, watching, ended := make(chan string), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		poll(ctx, folders, time.Millisecond, changes, func() { close(watching) })
	}()
	<-watching
	tick = tick.Add(time.Hour)
	for i := range 3 {
		save(fmt.Sprintf("title: No. %d", i))
		waitFor(t, changes, "content/site.yaml")
	}
	cancel()
	<-ended
}
