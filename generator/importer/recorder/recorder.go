package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/web"
)

// Bounds on what is read from a page.
const (
	maxRequests = 50_000
	maxAnswer   = 32 << 20 // bytes
	maxTotal    = 512 << 20
)

// Options say where to put the answers, and how fast to ask.
type Options struct {
	Folder       string  // that gets the answers; "" for that of the address
	Rate         float64 // requests a second
	Refresh      bool    // ask again for everything
	InsecureHTTP bool    // plain http is allowed for every host

	Now      func() time.Time
	Wait     func(context.Context, time.Duration) error
	Progress func(line string)
}

var unfit = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

// Folder is the folder for the answers of the page at an address.
func Folder(address string) string {
	_, rest, _ := strings.Cut(pageOf(address), "://")
	return "statuspage-" + strings.Trim(unfit.ReplaceAllString(rest, "-"), "-.")
}

// pageOf is the page that an address of its API or of its history belongs to.
func pageOf(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "/api/v2")
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(address, "/"), "/history.json"), "/history")
}

// recorder is one visit of a page.
type recorder struct {
	*visitor
	*archive
	report  *importer.Report
	refresh bool

	whole  map[string]json.RawMessage // events that the API's lists have whole, by id
	page   json.RawMessage            // that these are of
	oldest time.Time                  // the page had something then: the oldest time in its answers
	listed []listed                   // events of the history, newest first
	codes  map[string]bool            // of these
}

// Record asks a page for its history, and returns the folder that has the
// answers. What it could not get is in the report.
func Record(ctx context.Context, address string, o Options, report *importer.Report) (string, error) {
	site, err := web.Open(pageOf(address), web.Options{InsecureHTTP: o.InsecureHTTP, Requests: maxRequests, Answer: maxAnswer, Total: maxTotal})
	if errors.Is(err, web.ErrPlainHTTP) {
		return "", fmt.Errorf("%w, or allow it with --insecure-http", err)
	}
	if err != nil {
		return "", err
	}
	defer site.Close()
	if o.Folder == "" {
		o.Folder = Folder(address)
	}
	r := &recorder{
		visitor: newVisitor(site, o), archive: &archive{dir: o.Folder, now: o.Now}, report: report, refresh: o.Refresh,
		whole: map[string]json.RawMessage{}, codes: map[string]bool{},
	}
	defer r.archive.close()
	if err := r.current(ctx); err != nil {
		return "", err
	}
	for _, step := range []func(context.Context) error{r.history, r.events} {
		if err := step(ctx); err != nil {
			return "", fmt.Errorf("%w\nwhat was read so far is in %s; run the same command again to go on from there", err, o.Folder)
		}
	}
	return o.Folder, nil
}

// current reads what the page's API says now.
func (r *recorder) current(ctx context.Context) error {
	missing := 0
	for _, name := range []string{"summary", "components", "incidents", "scheduled-maintenances"} {
		path := "api/v2/" + name + ".json"
		body, err := r.read(ctx, path, "")
		switch {
		case errors.Is(err, fs.ErrNotExist) && missing < 3:
			missing++
			r.report.Note(path, "the page does not have it")
			continue
		case errors.Is(err, errHTML):
			return fmt.Errorf("%w; is this the address of a page that Statuspage serves?", err)
		case err != nil:
			return err
		}
		if err := r.takeCurrent(name+".json", body); err != nil {
			return err
		}
	}
	return nil
}

// takeCurrent keeps an answer of the API. The events of its lists become files
// of their own, so that a list that no longer has them deletes none.
func (r *recorder) takeCurrent(name string, body []byte) error {
	var answer struct {
		Page         json.RawMessage
		Components   []json.RawMessage
		Incidents    []json.RawMessage
		Maintenances []json.RawMessage `json:"scheduled_maintenances"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("%s%s: its JSON is not that of Statuspage's API: %w", r.site.Address(), name, err)
	}
	if len(answer.Page) > 0 {
		r.page = answer.Page
	}
	for _, c := range answer.Components {
		r.sawTime(c)
	}
	for _, e := range append(answer.Incidents, answer.Maintenances...) {
		if id := stateOf(e).ID; isCode(id) {
			r.whole[id] = e
			r.sawTime(e)
		}
	}
	if strings.HasPrefix(name, "summary") || strings.HasPrefix(name, "components") {
		return r.write(name, body)
	}
	return nil
}

// sawTime notes when a component or an event was made.
func (r *recorder) sawTime(raw json.RawMessage) {
	if at := stateOf(raw).CreatedAt.Time; !at.IsZero() && (r.oldest.IsZero() || at.Before(r.oldest)) {
		r.oldest = at
	}
}
