package publish

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
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
	return fmt.Sprintf("%srendering %s: %s", blame(e.Origin), e.Path, e.Err)
}

func (e *RouteError) Unwrap() error { return e.Err }

// stage is .allclear/stage/site, which is made for the first file in it and
// kept open, since an os.Root looks up each path from its top. Several routes
// are rendered at once, so it has a lock.
type stage struct {
	sync.Mutex
	disk    disk
	folders map[string]bool // that have been made in it
}

func (s *stage) close() {
	if s.disk != nil {
		s.disk.Close() // nothing is written through it: nothing is lost
	}
}

// stageFile makes a file in the stage, and the folders above it.
func (b *build) stageFile(name string) (file, error) {
	if err := b.stageFolder(path.Dir(name)); err != nil {
		return nil, err
	}
	f, err := b.stage.disk.Create(name)
	if err != nil {
		return nil, b.failure("writing", name, err)
	}
	return f, nil
}

func (b *build) stageFolder(name string) (err error) {
	s := &b.stage
	s.Lock()
	defer s.Unlock()
	if s.disk == nil {
		if err := b.disk.MkdirAll(stagedSite); err != nil {
			return b.failure("making the folder", stagedSite, err)
		}
		if s.disk, err = b.disk.Sub(stagedSite); err != nil {
			return b.failure("opening", stagedSite, err)
		}
		s.folders = map[string]bool{".": true}
	}
	if s.folders[name] {
		return nil
	}
	if err := s.disk.MkdirAll(name); err != nil {
		return b.failure("making the folder", name, err)
	}
	s.folders[name] = true
	return nil
}

// render writes every route once, several at a time, and stages those that
// differ from the files there. If several routes fail, the error is that of
// the first path.
func (b *build) render() error {
	defer b.stage.close()
	return parallel.Try(len(b.routes), func() func(int) error {
		d := newDraft(b)
		return func(i int) error { return d.render(&b.routes[i], &b.places[i]) }
	})
}

// draft takes the bytes of one route after another. While they equal those of
// the file that stands there it only compares; at the first that differs it
// begins a file in the stage. So no output is ever held in memory.
type draft struct {
	build   *build
	buffer  *bufio.Writer // in front, since templates write a few bytes at a time
	scratch []byte

	name   string
	old    file  // the file that stands there; nil without one
	staged file  // nil while no byte differs
	size   int64 // bytes taken so far
	err    error // of the disk, as opposed to the route's own
}

func newDraft(b *build) *draft {
	d := &draft{build: b, scratch: make([]byte, 32<<10)}
	d.buffer = bufio.NewWriterSize(d, len(d.scratch))
	return d
}

func (d *draft) render(route *output.Route, p *place) error {
	d.name, d.old, d.staged, d.size, d.err = route.Path, nil, nil, 0, nil
	defer d.close()
	if p.info != nil {
		if d.old, d.err = d.build.disk.Open(d.name); d.err != nil {
			return d.build.failure("reading", d.name, d.err)
		}
	}
	d.buffer.Reset(d)
	err := route.Write(d.buffer)
	if err == nil {
		err = d.buffer.Flush()
	}
	switch {
	case d.err != nil:
		return d.err
	case err != nil:
		return &RouteError{Path: route.Path, Origin: route.Origin, Err: err}
	}
	if d.staged == nil && (p.info == nil || p.info.Size() != d.size) {
		d.diverge()
	}
	p.staged, p.size = d.staged != nil, d.size
	d.close()
	return d.err
}

// Write takes the route's next bytes.
func (d *draft) Write(data []byte) (int, error) {
	if d.err != nil {
		return 0, d.err
	}
	if d.staged == nil && d.old != nil && d.matches(data) {
		d.size += int64(len(data))
		return len(data), nil
	}
	if d.staged == nil {
		if d.diverge(); d.err != nil {
			return 0, d.err
		}
	}
	n, err := d.staged.Write(data)
	d.size += int64(n)
	if err != nil {
		d.err = d.build.failure("writing", d.name, err)
	}
	return n, d.err
}

// matches reports whether the old file goes on with the data.
func (d *draft) matches(data []byte) bool {
	for len(data) > 0 {
		part := d.scratch[:min(len(data), len(d.scratch))]
		n, err := io.ReadFull(d.old, part)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return false
		}
		if err != nil {
			d.err = d.build.failure("reading", d.name, err)
			return false
		}
		if !bytes.Equal(part[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

// diverge begins the staged file with the bytes that were equal.
func (d *draft) diverge() {
	if d.err != nil {
		return
	}
	if d.staged, d.err = d.build.stageFile(d.name); d.err != nil || d.size == 0 {
		return
	}
	n, err := io.Copy(d.staged, io.NewSectionReader(d.old, 0, d.size))
	if err == nil && n < d.size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		d.err = d.build.failure("copying", d.name, err)
	}
}

// close closes what is open. Some disks tell only here that they are full.
func (d *draft) close() {
	if d.old != nil {
		d.old.Close() // read only: nothing is lost
		d.old = nil
	}
	if d.staged != nil {
		if err := d.staged.Close(); err != nil && d.err == nil {
			d.err = d.build.failure("writing", d.name, err)
		}
		d.staged = nil
	}
}
