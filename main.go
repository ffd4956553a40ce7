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
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"allclear/generator/command"
)

// themes holds the default theme, which is data alone.
//
//go:embed all:themes/default
var themes embed.FS

// thrift is how much garbage may gather, in percent of what is in use: less
// than Go's own 100, which takes a third more memory to save a twentieth of
// the time.
const thrift = 70

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once

	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(thrift)
	}
	theme, err := fs.Sub(themes, "themes/default")
	if err != nil {
		panic(err) // the name is not a path
	}
	return command.Run(ctx, command.Host{
		Args:   os.Args[1:],
		Getenv: os.Getenv,
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Now:    time.Now,
		Theme:  theme,
	})
}
