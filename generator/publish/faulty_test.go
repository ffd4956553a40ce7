package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// operation is one call that a build makes to its disk.
type operation struct {
	name    string // of the method
	path    string // for a rename, the new one
	changes bool   // it changes something on the disk
	half    func() // for a write, writes half of it
}

// faultyDisk calls before ahead of every operation, which fails if before returns
// an error.
type faultyDisk struct {
	disk
	below  string // in front of the names, in operations
	before func(operation) error
	after  func(operation) // of those that succeeded
}

func (d *faultyDisk) do(op operation, run func() error) error {
	op.path = d.below + op.path
	if err := d.before(op); err != nil {
		return &fs.PathError{Op: op.name, Path: op.path, Err: err}
	}
	err := run()
	if err == nil && d.after != nil {
		d.after(op)
	}
	return err
}

func (d *faultyDisk) Lstat(name string) (info fs.FileInfo, err error) {
	err = d.do(operation{name: "lstat", path: name}, func() error { info, err = d.disk.Lstat(name); return err })
	return info, err
}

func (d *faultyDisk) Open(name string) (f file, err error) {
	err = d.do(operation{name: "open", path: name}, func() error { f, err = d.disk.Open(name); return err })
	return d.file(f, name, err)
}

func (d *faultyDisk) Create(name string) (f file, err error) {
	err = d.do(operation{name: "create", path: name, changes: true}, func() error { f, err = d.disk.Create(name); return err })
	return d.file(f, name, err)
}

func (d *faultyDisk) file(f file, name string, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return &faultyFile{f, d, name}, nil
}

func (d *faultyDisk) Mkdir(name string) error {
	return d.do(operation{name: "mkdir", path: name, changes: true}, func() error { return d.disk.Mkdir(name) })
}

func (d *faultyDisk) MkdirAll(name string) error {
	return d.do(operation{name: "mkdir", path: name, changes: true}, func() error { return d.disk.MkdirAll(name) })
}

func (d *faultyDisk) RemoveAll(name string) error {
	return d.do(operation{name: "remove", path: name, changes: true}, func() error { return d.disk.RemoveAll(name) })
}

func (d *faultyDisk) Remove(name string) error {
	return d.do(operation{name: "remove", path: name, changes: true}, func() error { return d.disk.Remove(name) })
}

func (d *faultyDisk) Writable(name string) error {
	return d.do(operation{name: "access", path: name}, func() error { return d.disk.Writable(name) })
}

func (d *faultyDisk) Mount(name string) (m mount, err error) {
	err = d.do(operation{name: "mount", path: name}, func() error { m, err = d.disk.Mount(name); return err })
	return m, err
}

func (d *faultyDisk) SyncFolder(name string) error {
	return d.do(operation{name: "sync", path: name}, func() error { return d.disk.SyncFolder(name) })
}

func (d *faultyDisk) Rename(from, to string) error {
	return d.do(operation{name: "rename", path: to, changes: true}, func() error { return d.disk.Rename(from, to) })
}

func (d *faultyDisk) Sub(folder string) (inner disk, err error) {
	err = d.do(operation{name: "open", path: folder}, func() error { inner, err = d.disk.Sub(folder); return err })
	if err != nil {
		return nil, err
	}
	return &faultyDisk{disk: inner, below: d.below + folder + "/", before: d.before, after: d.after}, nil
}

type faultyFile struct {
	file
	disk *faultyDisk
	name string
}

func (f *faultyFile) Read(p []byte) (n int, err error) {
	err = f.disk.do(operation{name: "read", path: f.name}, func() error { n, err = f.file.Read(p); return err })
	return n, err
}

func (f *faultyFile) ReadDir(n int) (entries []fs.DirEntry, err error) {
	err = f.disk.do(operation{name: "readdir", path: f.name}, func() error { entries, err = f.file.ReadDir(n); return err })
	return entries, err
}

func (f *faultyFile) Write(p []byte) (n int, err error) {
	op := operation{name: "write", path: f.name, changes: true, half: func() { f.file.Write(p[:len(p)/2]) }}
	err = f.disk.do(op, func() error { n, err = f.file.Write(p); return err })
	return n, err
}

func (f *faultyFile) Sync() error {
	return f.disk.do(operation{name: "sync", path: f.name}, f.file.Sync)
}

// Close closes in any case, and then fails, as a network disk does.
func (f *faultyFile) Close() error {
	err := f.file.Close()
	return errors.Join(err, f.disk.do(operation{name: "close", path: f.name}, func() error { return nil }))
}

// TestFailureAtEveryOperation fails a build at its first operation, its
// second and so on, once and for good, until one build goes through.
func TestFailureAtEveryOperation(t *testing.T) {
	causes := []error{syscall.ENOSPC, syscall.EACCES, syscall.EIO}
	step := 1
	if testing.Short() {
		step = 4
	}
	for _, c := range changes() {
		for _, forGood := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, for good %t", c.name, forGood), func(t *testing.T) {
				t.Parallel()
				for n := 1; c.failAt(t, n, forGood, causes[n%len(causes)]); n += step {
					if t.Failed() {
						t.Fatalf("at operation %d", n)
					}
				}
			})
		}
	}
}

// failAt reports whether the build came as far as the operation n.
func (c change) failAt(t *testing.T, n int, forGood bool, cause error) bool {
	dir := filepath.Join(t.TempDir(), "public")
	defer os.RemoveAll(dir) // there are hundreds of these
	if c.before != nil {
		mustPublish(t, dir, c.before)
	} else if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	before := read(t, dir)
	target, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	var count int
	var failed []operation
	var begun bool // something outside .allclear, or owned, has changed
	var lock sync.Mutex
	target.disk = &faultyDisk{
		disk: target.disk,
		before: func(op operation) error {
			lock.Lock()
			defer lock.Unlock()
			if count++; count == n || count > n && forGood {
				failed = append(failed, op)
				return cause
			}
			return nil
		},
		after: func(op operation) {
			lock.Lock()
			defer lock.Unlock()
			begun = begun || op.changes && (!inState(op.path) || op.path == ownedFile)
		},
	}
	_, err = target.Publish(c.after.output())
	target.Close()
	switch {
	case count < n:
		if err != nil {
			t.Fatal(err)
		}
		expect(t, dir, c.after.published())
		return false
	case err == nil: // a failure that does no harm, such as to close a file that was read
		expectSite(t, dir, c.after)
	case !begun:
		c.checkError(t, err, dir, failed, cause)
		c.checkUntouched(t, dir, before, forGood)
	default:
		c.checkError(t, err, dir, failed, cause)
		c.checkBetween(t, dir)
	}
	mustPublish(t, dir, c.after)
	if err != nil {
		expect(t, dir, c.after.published())
	}
	return true
}

// checkError asserts that an error says why, and names the path of an
// operation that failed.
func (c change) checkError(t *testing.T, err error, dir string, failed []operation, cause error) {
	t.Helper()
	if !strings.Contains(err.Error(), cause.Error()) {
		t.Errorf("the error %q does not say %q", err, cause)
	}
	for _, op := range failed {
		about := op.path
		switch op.name {
		case "create", "write", "close", "mkdir", "read", "rename": // of a staged file, which is about the file itself
			about = strings.TrimPrefix(about, stagedSite+"/")
		}
		if strings.HasPrefix(about, stageFolder) {
			about = stateFolder
		}
		if strings.Contains(err.Error(), filepath.ToSlash(filepath.Join(dir, about))) {
			return
		}
	}
	t.Errorf("the error %q names no path of what failed: %v", err, failed)
}

// checkUntouched asserts that a folder is as it was. A disk that fails for
// good also keeps the stage from being removed.
func (c change) checkUntouched(t *testing.T, dir string, before files, forGood bool) {
	t.Helper()
	if forGood {
		if err := os.RemoveAll(filepath.Join(dir, stageFolder)); err != nil {
			t.Fatal(err)
		}
		if c.before == nil {
			os.Remove(filepath.Join(dir, stateFolder))
		}
	}
	expect(t, dir, before)
}

// expectSite compares the site's files alone.
func expectSite(t *testing.T, dir string, site files) {
	t.Helper()
	got := files{}
	for name, text := range read(t, dir) {
		if name[len(name)-1] != '/' && !inState(name) {
			got[name] = text
		}
	}
	for name, text := range site {
		if got[name] != text {
			t.Errorf("%s holds %q, want %q", name, got[name], text)
		}
	}
	if len(got) != len(site) {
		t.Errorf("the folder holds %d files, want %d", len(got), len(site))
	}
}

// TestKillAtEveryChange kills a build before its first change to the disk,
// before its second and so on, in the midst of a write, until one survives.
func TestKillAtEveryChange(t *testing.T) {
	for _, c := range changes() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for n := 1; c.killAt(t, n); n++ {
				if t.Failed() {
					t.Fatalf("at change %d", n)
				}
			}
		})
	}
}

// killAt reports whether the build was killed.
func (c change) killAt(t *testing.T, n int) bool {
	dir := filepath.Join(t.TempDir(), "public")
	defer os.RemoveAll(dir) // there are hundreds of these
	if c.before != nil {
		mustPublish(t, dir, c.before)
	}
	var stderr bytes.Buffer
	cmd := child(t, "kill", c.name, dir, fmt.Sprint(n))
	cmd.Stderr = &stderr
	err := cmd.Run()
	if stderr.Len() > 0 {
		t.Fatalf("the build said: %s", stderr.String())
	}
	if err == nil {
		expect(t, dir, c.after.published())
		return false
	}
	c.checkBetween(t, dir)
	mustPublish(t, dir, c.after)
	expect(t, dir, c.after.published())
	return true
}

// publishAndDie runs in a process of its own.
func publishAndDie(name, dir string, n int) error {
	target, err := Open(dir, nil)
	if err != nil {
		return err
	}
	defer target.Close()
	var lock sync.Mutex
	count := 0
	target.disk = &faultyDisk{disk: target.disk, before: func(op operation) error {
		if !op.changes {
			return nil
		}
		lock.Lock()
		defer lock.Unlock()
		if count++; count == n {
			if op.half != nil {
				op.half()
			}
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			if err := self.Kill(); err != nil {
				return err
			}
			for {
				runtime.Gosched()
			}
		}
		return nil
	}}
	for _, c := range changes() {
		if c.name == name {
			_, err := target.Publish(c.after.output())
			return err
		}
	}
	return fmt.Errorf("no change is named %q", name)
}
