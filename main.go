// Allclear turns Markdown incident files into a status site: pages, a JSON
// API, feeds and badges. What it can do is in package command, how it does it
// in package generator.
package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"allclear/generator/command"
)

// themes holds the default theme, which is data alone.
//
//go:embed all:themes/default
var themes embed.FS

// slack is how many bytes of garbage may gather before they are collected;
// where more than twice as much is in use, half of what is.
const slack = 100 << 20

// collector says when garbage is collected. The usual percentage collects too
// often while a process is small, and too late for the memory of a machine
// when it is large.
type collector struct{ slack atomic.Uint64 }

// allow lets so many bytes gather from now on.
func (c *collector) allow(slack uint64) {
	c.slack.Store(slack)
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	percent := 100 * slack / max(live[0].Value.Uint64(), 1)
	debug.SetGCPercent(int(min(max(percent, 50), 400)))
}

// follow looks anew at what is in use after each collection.
func (c *collector) follow() {
	c.allow(c.slack.Load())
	cycle := new(*int) // a pointer, so that it is freed on its own
	runtime.AddCleanup(cycle, (*collector).follow, c)
}

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once

	host := command.Host{
		Args:   os.Args[1:],
		Getenv: os.Getenv,
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Now:    time.Now,
	}
	if os.Getenv("GOGC") == "" {
		var c collector
		c.slack.Store(slack)
		c.follow()
		host.Slack = c.allow
	}
	theme, err := fs.Sub(themes, "themes/default")
	if err != nil {
		panic(err) // the name is not a path
	}
	host.Theme = theme
	return command.Run(ctx, host)
}
