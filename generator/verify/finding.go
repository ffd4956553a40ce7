package verify

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"allclear/generator/diag"
)

// Kind is what can be wrong with a published site.
type Kind struct {
	Code  string // for --ignore and for scripts, never changed once released
	Level diag.Level
	Hint  string // what to do about it
}

var kinds = []*Kind{
	unreachable, busy, stale, behind, ahead, mixed, address,
	missing, changed, pending, truncated, status, redirect, notFound,
	header, access, cache, mediaType, charset, conditional, encoding,
	preflight, openNotFound, notFoundPage, compression, vary,
}

var (
	unreachable = &Kind{"unreachable", diag.Error, "look at the host's own status, at its DNS and its certificate; if the host is down, publish to another one and point DNS there"}
	busy        = &Kind{"busy", diag.Error, "the host limits requests; try again later, with a smaller --sample"}
	stale       = &Kind{"stale", diag.Error, "look at the last deployment, and at the schedule that builds the site (GitHub stops one after 60 quiet days); or build and publish by hand"}
	behind      = &Kind{"behind", diag.Note, "nothing, unless it lasts: the next deployment is on its way, or a cache still has the last one"}
	ahead       = &Kind{"ahead", diag.Error, "get the newest content with git pull, and look at this computer's clock"}
	mixed       = &Kind{"mixed", diag.Note, "nothing, unless it lasts: a deployment is under way, or caches keep files for different times"}
	address     = &Kind{"address", diag.Error, "build the site with the address that it stands at: url in site.yaml, or --base-url; if it is the address that is meant, verify with the same --base-url"}

	missing   = &Kind{"missing", diag.Error, "publish the whole output folder, folders with a dot such as .well-known too; look whether the host limits the number or the size of files"}
	changed   = &Kind{"changed", diag.Error, "deploy again, or get the newest content here with git pull; the same version of allclear and the same theme give the same bytes. If only pages differ, switch off what the host does to them (minify, obfuscate addresses, inject scripts)"}
	pending   = &Kind{"pending", diag.Note, "nothing, unless it lasts: the newest commit of the content is so new that the site may not have it yet; --grace 0s counts it as an error"}
	truncated = &Kind{"truncated", diag.Error, "publish the file again; upload under another name and rename, as rsync does, so that no reader meets half a file"}
	status    = &Kind{"status", diag.Error, "look at the host's log; the files must be readable for everybody, without a login"}
	redirect  = &Kind{"redirect", diag.Error, "serve the files at their own addresses; a folder without its slash leads to the one with it, on the same host and by https"}
	notFound  = &Kind{"not-found", diag.Error, "switch off the fallback for single-page apps (try_files … /index.html, /* /index.html 200), and let 404.html answer with 404: clients and caches take 200 for an answer"}

	header      = &Kind{"header", diag.Error, "set it on the host as the site's _headers says; nginx and Caddy get it from tools/deploy. If the host can't, use --ignore header"}
	access      = &Kind{"cors", diag.Error, "send Access-Control-Allow-Origin: * with the API, feeds and badges, as _headers says: without it no page of another site can read them"}
	cache       = &Kind{"cache", diag.Error, "send the Cache-Control of _headers, so that readers see news soon. If the host can't, use --ignore cache"}
	mediaType   = &Kind{"type", diag.Error, "give the file's ending this type on the host; browsers refuse styles, scripts and feeds of a wrong one"}
	charset     = &Kind{"charset", diag.Error, "add charset=utf-8 to the type of texts on the host, else browsers guess and show names wrongly"}
	conditional = &Kind{"conditional", diag.Error, "let the host answer If-None-Match with 304 (a proxy that compresses must keep or weaken the ETag); without it each poll moves the whole file"}
	encoding    = &Kind{"encoding", diag.Error, "send only what the client says that it can read in Accept-Encoding, once"}

	preflight    = &Kind{"preflight", diag.Warning, "answer OPTIONS below /api/ with 204 and the headers of _headers, as nginx and Caddy do with tools/deploy; without it, scripts of other sites can't send If-None-Match"}
	openNotFound = &Kind{"cors-not-found", diag.Warning, "send Access-Control-Allow-Origin: * with a 404 below /api/ too, else scripts of other sites see a network failure in its place"}
	notFoundPage = &Kind{"not-found-page", diag.Warning, "name 404.html as the host's page for errors"}
	compression  = &Kind{"compression", diag.Warning, "turn on gzip for text, JSON, XML and SVG; it makes them about five times smaller"}
	vary         = &Kind{"vary", diag.Warning, "send Vary: Accept-Encoding with what is compressed, else a cache gives it to clients that can't read it"}
)

// Codes are the codes of all findings.
func Codes() []string {
	var codes []string
	for _, k := range kinds {
		codes = append(codes, k.Code)
	}
	return codes
}

// Finding is one thing that is wrong, at one or more paths of the site.
type Finding struct {
	*Kind
	Message string
	Paths   []string // below the site's address, sorted; "" is the index
}

// findings collects from several requests at once. What is the same at several
// paths is one finding.
type findings struct {
	mu    sync.Mutex
	kinds map[*Kind]map[string]map[string]string // message, path, detail
}

// add adds what is wrong at a path. The detail, which may be "", is what differs
// from path to path; that of the first path is printed.
func (f *findings) add(k *Kind, path, message, detail string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kinds == nil {
		f.kinds = map[*Kind]map[string]map[string]string{}
	}
	if f.kinds[k] == nil {
		f.kinds[k] = map[string]map[string]string{}
	}
	if f.kinds[k][message] == nil {
		f.kinds[k][message] = map[string]string{}
	}
	f.kinds[k][message][path] = detail
}

// list is all that was found, worst first.
func (f *findings) list() []Finding {
	var all []Finding
	for _, k := range kinds {
		for _, message := range slices.Sorted(maps.Keys(f.kinds[k])) {
			paths := slices.Sorted(maps.Keys(f.kinds[k][message]))
			if detail := f.kinds[k][message][paths[0]]; detail != "" {
				message += ": " + detail
			}
			all = append(all, Finding{k, message, paths})
		}
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return cmp.Compare(a.Level, b.Level) })
	return all
}

// quoted is a text of the host for a message, shortened.
func quoted(text string) string {
	const most = 120
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// where is the first path of a finding, and how many more there are.
func (f Finding) where(site string) string {
	first := site + strings.TrimPrefix(f.Paths[0], "/")
	if more := len(f.Paths) - 1; more > 0 {
		return fmt.Sprintf("%s and %d more", first, more)
	}
	return first
}
