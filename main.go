// Allclear turns Markdown incident files into a status site: pages, a JSON API,
// feeds and badges. Package command has its commands, package generator its
// pipeline.
package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"allclear/generator/command"
)

// themes is the default theme, which is only data.
//
//go:embed all:themes/default
var themes embed.FS

// action is the composite action, which init copies.
//
//go:embed .github/actions/allclear
var action embed.FS

// What a release says of itself, which .goreleaser.yaml sets with -ldflags. See
// [command.Stamp].
var version, commit, date, release string

// gcPercent is the default of GOGC. A build ends soon, so it collects garbage less
// often than with Go's default of 100. Above memoryLimit, which only a site of tens
// of thousands of events reaches, it collects more often.
const (
	gcPercent   = 200
	memoryLimit = 768 << 20
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process immediately

	host := command.Host{
		Args:   os.Args[1:],
		Getenv: os.Getenv,
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Now:    time.Now,
		Stamp:  command.Stamp{Version: version, Commit: commit, Date: date, Release: release},
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(memoryLimit)
	}
	host.Theme = folder(themes, "themes/default")
	host.Action = folder(action, ".github/actions/allclear")
	return command.Run(ctx, host)
}

func folder(of embed.FS, name string) fs.FS {
	below, err := fs.Sub(of, name)
	if err != nil {
		panic(err) // the name is not a valid path
	}
	return below
}
