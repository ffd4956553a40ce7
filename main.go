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

// collectAt is how much garbage, in percent of what is in use, is collected at
// once. A build ends soon, so it collects less often than Go's default of 100.
const collectAt = 200

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
		debug.SetGCPercent(collectAt)
	}
	theme, err := fs.Sub(themes, "themes/default")
	if err != nil {
		panic(err) // the name is not a path
	}
	host.Theme = theme
	return command.Run(ctx, host)
}
