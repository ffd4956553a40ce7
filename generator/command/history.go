package command

import (
	"errors"
	"fmt"

	"allclear/generator"
	"allclear/generator/git"
	"allclear/generator/provenance"
)

// explainHistory says how to get a history that the clone does not have.
func explainHistory(err error) error {
	const without = "or build without it, if readers may see other dates than before: allclear build --without-git"
	switch {
	case errors.Is(err, provenance.ErrShallow):
		return fmt.Errorf("%w\nget all commits: git fetch --unshallow\non GitHub, write fetch-depth: 0 below the step that uses actions/checkout; on GitLab, GIT_DEPTH: 0 below variables\n%s", err, without)
	case errors.Is(err, git.ErrNoContent):
		return fmt.Errorf("%w, so nobody can say when updates were published\nclone without --filter\n%s", err, without)
	}
	return err
}

// undatedEffect is what a site without dates of publication is like.
const undatedEffect = "each update counts as published when it happened, so what is published late has a date before what readers have seen"

// undated says that, and why, a site has no dates of publication that it asks for;
// "" if it has them.
func undated(result *generator.Result, o generator.Options) string {
	switch {
	case !result.Site.Provenance:
		return ""
	case !o.Git:
		return "--without-git: " + undatedEffect + "; the next build with git gives the entries of feeds their own dates back"
	case result.Undated != nil:
		return undatedEffect + ": " + result.Undated.Error()
	}
	return ""
}
