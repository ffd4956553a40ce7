package provenance

import (
	"context"
	"errors"
	"iter"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"allclear/generator/git"
	"allclear/generator/source"
)

// ErrShallow means that the clone does not have the commit that brought
// `provenance: git`.
var ErrShallow = errors.New("the clone is shallow and does not have the commit that brought \"provenance: git\", so nobody can say when updates were published")

const siteFile = "site.yaml"

// reader reads a history.
type reader struct {
	repository *git.Repository
	commits    []git.Commit // HEAD and its first parents, newest first
	head       []git.File   // the files of HEAD

	wanted chan key    // contents to read
	enough atomic.Bool // a site.yaml without provenance is found: older commits don't count

	*contents
}

// contents are what was read of the contents of files.
type contents struct {
	mutex    sync.Mutex
	versions map[key]*version  // nil for what can't be dated
	without  map[git.Blob]bool // each site.yaml that does not say provenance: git
}

// key is a content of a file. Its name is without the sub-folders, which say
// nothing, so that a moved file is not read again.
type key struct {
	blob git.Blob
	name string
}

// read reads the history of a content folder, and keeps what it has read of each
// content. The errors are ErrShallow and those of package git.
func read(ctx context.Context, repository *git.Repository, c *contents) (*History, error) {
	r := &reader{repository: repository, contents: c, wanted: make(chan key, 1024)}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	walked := make(chan error, 1)
	go func() {
		walked <- r.walk(ctx)
		close(r.wanted)
	}()
	err := r.readContents(ctx)
	if err != nil {
		cancel()
		for range r.wanted { // so that the walk ends
		}
	}
	if failed := <-walked; err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	first, err := r.first(ctx)
	if err != nil {
		return nil, err
	}
	return newHistory(r, first), nil
}

// walk collects the commits, and asks for each content of a file once.
func (r *reader) walk(ctx context.Context) error {
	for c, err := range r.repository.History(ctx, ".") {
		if err != nil {
			return err
		}
		r.commits = append(r.commits, c)
		if len(r.commits) == 1 {
			if r.head, err = r.repository.Files(ctx, c.ID, "."); err != nil {
				return err
			}
			for _, f := range r.head {
				r.want(f.Path, f.Blob)
			}
		}
		for _, change := range c.Changes {
			r.want(change.Path, change.Before)
			r.want(change.Path, change.After)
		}
		if r.enough.Load() {
			return nil
		}
	}
	return nil
}

// keyOf is the content of a file; not ok if nothing of it can be dated.
func keyOf(name string, blob git.Blob) (k key, ok bool) {
	if name == siteFile {
		return key{blob, name}, blob != ""
	}
	folder, _, below := strings.Cut(name, "/")
	if !below || blob == "" || !strings.HasSuffix(name, ".md") || folder == "static" {
		return key{}, false
	}
	return key{blob, folder + "/" + path.Base(name)}, true
}

// want asks for a content, unless that was done before.
func (r *reader) want(name string, blob git.Blob) {
	k, ok := keyOf(name, blob)
	if !ok {
		return
	}
	r.mutex.Lock()
	_, known := r.versions[k]
	if !known {
		r.versions[k] = nil
	} else if r.without[blob] {
		r.enough.Store(true)
	}
	r.mutex.Unlock()
	if !known {
		r.wanted <- k
	}
}

// content is a content that was read.
type content struct {
	key
	text []byte
}

// readContents reads and parses what is wanted, until the walk is over.
func (r *reader) readContents(ctx context.Context) error {
	read := make(chan content, 64)
	asked := make(chan key, 4096) // in the order of the contents
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for c := range read {
				r.parse(c)
			}
		})
	}
	ids := iter.Seq[git.Blob](func(yield func(git.Blob) bool) {
		for k := range r.wanted {
			asked <- k
			if !yield(k.blob) {
				return
			}
		}
	})
	err := r.repository.Contents(ctx, ids, source.MaxFile, func(text []byte) error {
		read <- content{<-asked, text}
		return nil
	})
	close(read)
	workers.Wait()
	return err
}

// parse reads a content. One that is too large or can't be read says nothing.
func (r *reader) parse(c content) {
	if c.name == siteFile {
		if c.text != nil && !saysGit(c.text) {
			r.enough.Store(true)
			r.mutex.Lock()
			defer r.mutex.Unlock()
			r.without[c.blob] = true
		}
		return
	}
	if c.text == nil {
		return
	}
	v := parse(c.name, c.text)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.versions[c.key] = v
}

// saysGit reports whether a site.yaml has `provenance: git`. One that can't be
// read has: nobody could build a site of it, so it has published nothing.
func saysGit(text []byte) bool {
	doc, found := source.ParseSite(siteFile, text)
	if doc == nil || found.HasErrors() {
		return true
	}
	field, _ := doc.Fields.Field("provenance")
	return field.Value.Text == "git"
}

// first is the index of the commit that brought `provenance: git`; -1 if HEAD
// does not have it.
func (r *reader) first(ctx context.Context) (int, error) {
	has := func(blob git.Blob) bool { return blob != "" && !r.without[blob] }
	for _, f := range r.head {
		if f.Path == siteFile && !has(f.Blob) {
			return -1, nil
		}
	}
	for i, c := range r.commits {
		for _, change := range c.Changes {
			switch {
			case change.Path != siteFile || has(change.Before):
				continue
			case !has(change.After): // site.yaml is not in HEAD
				return -1, nil
			case change.Before == "":
				cut, err := r.repository.CutOff(ctx, c.ID)
				if err == nil && cut {
					err = ErrShallow
				}
				return i, err
			}
			return i, nil
		}
	}
	return -1, nil
}
