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
	"syscall"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"allclear/generator/command"
)

// themes holds the default theme, which is data alone.
//
//go:embed all:themes/default
var themes embed.FS

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once

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
