package preview_test

import (
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/preview"
)

func TestRunClosesStreamsAndStopsItsGoroutines(t *testing.T) {
	for _, poll := range []bool{false, true} {
		s := serveFolder(t, newFolder(t), func(o *preview.Options) { o.Poll = poll })
		var streams []<-chan tabState
		for range 10 {
			states, _ := s.listen()
			await(t, states)
			streams = append(streams, states)
		}
		if err := s.stop(); err != nil {
			t.Errorf("Run returns %v", err)
		}
		for _, states := range streams {
			for range states { // until the server closes it
			}
		}
		if _, err := http.Get(s.url); err == nil {
			t.Error("the server still answers")
		}
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		deadline := time.Now().Add(timeout)
		for left := goroutinesLeft(); left != ""; left = goroutinesLeft() {
			if time.Now().After(deadline) {
				t.Fatalf("still running:\n%s", left)
			}
			runtime.Gosched()
		}
	}
}

// goroutinesLeft is the stacks of the goroutines that a preview started.
func goroutinesLeft() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	var left []string
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if strings.Contains(stack, "fsnotify") || strings.Contains(stack, "allclear/generator/preview.") ||
			strings.Contains(stack, "net/http.(*conn)") || strings.Contains(stack, "net/http.(*Server)") {
			left = append(left, stack)
		}
	}
	return strings.Join(left, "\n\n")
}

func TestWithoutAContentFolderRunFails(t *testing.T) {
	err := preview.Run(t.Context(), preview.Options{
		Site:  generator.Options{Content: filepath.Join(t.TempDir(), "content"), Now: noon, Pinned: true},
		Clock: time.Now,
		Addr:  "127.0.0.1:0",
	})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Run returns %v", err)
	}
	if left := goroutinesLeft(); left != "" {
		t.Errorf("still running:\n%s", left)
	}
}
