package publish

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/parallel"
)

// RouteError is a route that could not write its bytes.
type RouteError struct {
	Path   string        // the route's, below the output folder
	Origin diag.Position // the route's; may be zero
	Err    error
}

func (e *RouteError) Error() string {
	return fmt.Sprintf("%srendering %s: %s", originPrefix(e.Origin), e.Path, e.Err)
}

func (e *RouteError) Unwrap() error { return e.Err }

// stage is .allclear/stage/site, which is made for the first file in it. It and
// the first folders in it are kept open, since an os.Root opens each folder of
// a path again. Several routes are rendered at once, so it has a lock.
type stage struct {
	sync.Mutex
	open    map[string]disk // by folder; "." is the stage
	folders map[string]bool // that have been made in it
}

// maxOpen is how many folders of the stage are kept open.
const maxOpen = 32

func (s *stage) close() {
	for _, d := range s.open {
		d.Close() // nothing is written through it: nothing is lost
	}
}

// stageFile makes a file in the stage, and the folders above it.
func (b *build) stageFile(name string) (file, error) {
	near := path.Dir(name)
	if path.Base(name) == "index.html" {
		near = path.Dir(near) // most pages are the only file in their folder
	}
	d, below, err := b.stageFolder(near, name)
	if err != nil {
		return nil, err
	}
	f, err := d.Create(below)
	if err != nil {
		return nil, b.failure("writing", name, err)
	}
	return f, nil
}

// stageFolder makes the folder of a file in the stage, and returns an open
// folder with the file's path below it: near, if not too many are open.
func (b *build) stageFolder(near, name string) (d disk, below string, err error) {
	s := &b.stage
	s.Lock()
	defer s.Unlock()
	if s.open == nil {
		s.open, s.folders = map[string]disk{}, map[string]bool{}
	}
	if s.open["."] == nil {
		if err := b.openStage(b.disk, "."); err != nil {
			return nil, "", err
		}
	}
	if s.open[near] == nil && len(s.open) < maxOpen {
		if err := b.openStage(s.open["."], near); err != nil {
			return nil, "", err
		}
	}
	d, below = s.open[near], strings.TrimPrefix(name, near+"/")
	if d == nil {
		d, below = s.open["."], name
	}
	if folder := path.Dir(name); !s.folders[folder] {
		if err := d.MkdirAll(path.Dir(below)); err != nil {
			return nil, "", b.failure("making the folder", folder, err)
		}
		s.folders[folder] = true
	}
	return d, below, nil
}

// openStage makes a folder of the stage, or with "." the stage in the output
// folder, and keeps it open.
func (b *build) openStage(in disk, name string) (err error) {
	whole, folder := path.Join(stagedSite, name), name
	if name == "." {
		folder = whole
	}
	if err := in.MkdirAll(folder); err != nil {
		return b.failure("making the folder", folder, err)
	}
	opened, err := in.Sub(folder)
	if err != nil {
		return b.failure("opening", whole, err)
	}
	b.stage.open[name], b.stage.folders[name] = opened, true
	return nil
}

// render writes every route once, several at a time, and stages those that
// differ from the files there. If several routes fail, the error is that of
// the first path.
func (b *build) render() error {
	defer b.stage.close()
	return parallel.Try(len(b.routes), func() func(int) error {
		c := newCandidate(b)
		return func(i int) error { return c.render(&b.routes[i], &b.destinations[i]) }
	})
}

// candidate receives the bytes of one route after another. While they equal those
// of the existing file it only compares; at the first byte that differs it
// begins a file in the stage. So no output is ever held in memory.
type candidate struct {
	build   *build
	buffer  *bufio.Writer // in front of Write, since templates write a few bytes at a time
	scratch []byte

	name   string
	old    file  // the existing file; nil if there is none
	staged file  // the new file; nil while no byte differs
	size   int64 // bytes received so far
	cutOff bool  // the existing file is the beginning of these bytes
	err    error // of the disk, as opposed to the route's own
}

func newCandidate(b *build) *candidate {
	c := &candidate{build: b, scratch: make([]byte, 32<<10)}
	c.buffer = bufio.NewWriterSize(c, len(c.scratch))
	return c
}

func (c *candidate) render(route *output.Route, d *destination) error {
	c.name, c.old, c.staged, c.size, c.cutOff, c.err = route.Path, nil, nil, 0, false, nil
	defer c.close()
	if d.info != nil {
		if c.old, c.err = c.build.disk.Open(c.name); c.err != nil {
			return c.build.failure("reading", c.name, c.err)
		}
	}
	c.buffer.Reset(c)
	err := route.Write(c.buffer)
	if err == nil {
		err = c.buffer.Flush()
	}
	switch {
	case c.err != nil:
		return c.err
	case err != nil:
		return &RouteError{Path: route.Path, Origin: route.Origin, Err: err}
	}
	if c.staged == nil && (d.info == nil || d.info.Size() != c.size) {
		c.diverge()
	}
	d.staged, d.size = c.staged != nil, c.size
	d.cutOff = c.cutOff
	c.close()
	return c.err
}

// Write receives the route's next bytes.
func (c *candidate) Write(data []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if total := c.build.bytes.Add(int64(len(data))); c.build.maxBytes > 0 && total > c.build.maxBytes {
		c.err = ErrTooLarge
		return 0, c.err
	}
	if c.staged == nil && c.old != nil && c.matches(data) {
		c.size += int64(len(data))
		return len(data), nil
	}
	if c.staged == nil {
		if c.diverge(); c.err != nil {
			return 0, c.err
		}
	}
	n, err := c.staged.Write(data)
	c.size += int64(n)
	if err != nil {
		c.err = c.build.failure("writing", c.name, err)
	}
	return n, c.err
}

// matches reports whether the old file continues with the data.
func (c *candidate) matches(data []byte) bool {
	for len(data) > 0 {
		part := c.scratch[:min(len(data), len(c.scratch))]
		n, err := io.ReadFull(c.old, part)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			c.cutOff = bytes.HasPrefix(data, part[:n])
			return false
		}
		if err != nil {
			c.err = c.build.failure("reading", c.name, err)
			return false
		}
		if !bytes.Equal(part[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

// diverge begins the staged file with the bytes that are equal in the old one.
func (c *candidate) diverge() {
	if c.err != nil {
		return
	}
	if c.staged, c.err = c.build.stageFile(c.name); c.err != nil || c.size == 0 {
		return
	}
	n, err := io.Copy(c.staged, io.NewSectionReader(c.old, 0, c.size))
	if err == nil && n < c.size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		c.err = c.build.failure("copying", c.name, err)
	}
}

// close closes the files. Some disks report only here that they are full.
func (c *candidate) close() {
	if c.old != nil {
		c.old.Close() // read only: nothing is lost
		c.old = nil
	}
	if c.staged != nil {
		var err error
		if c.build.Sync {
			err = c.staged.Sync()
		}
		if err = errors.Join(err, c.staged.Close()); err != nil && c.err == nil {
			c.err = c.build.failure("writing", c.name, err)
		}
		c.staged = nil
	}
}
