package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Read yields the contents of files of Files, in their order.
func (r *Repository) Read(ctx context.Context, files []File, yield func(f File, data []byte) error) error {
	ids := func(yield func(Blob) bool) {
		for _, f := range files {
			if !yield(f.Blob) {
				return
			}
		}
	}
	next := 0
	return r.Contents(ctx, ids, -1, func(data []byte) error {
		next++
		return yield(files[next-1], data)
	})
}

// Contents yields contents in the order of their ids. ids is called in another
// goroutine, which waits for those that are still to come. A content of more than
// limit bytes is nil; a limit below zero is none. The error is ErrNoContent if the
// clone is a partial one.
func (r *Repository) Contents(ctx context.Context, ids iter.Seq[Blob], limit int64, yield func(data []byte) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	in, w := io.Pipe()
	go func() {
		b := bufio.NewWriter(w)
		for id := range ids {
			if _, err := fmt.Fprintln(b, id); err != nil {
				return
			}
		}
		w.CloseWithError(b.Flush())
	}()
	defer in.Close()
	s, err := r.start(ctx, in, "cat-file", "--batch", "--buffer")
	if err != nil {
		return err
	}
	if err := readContents(bufio.NewReaderSize(s, 1<<16), limit, yield); err != nil {
		cancel()
		in.Close()
		s.Close()
		return err
	}
	err = s.Close()
	if err != nil && strings.Contains(err.Error(), "promisor") { // which git may not ask
		err = ErrNoContent
	}
	return err
}

// readContents reads what cat-file prints: for each content "ID TYPE SIZE" in a
// line, the content, and a newline.
func readContents(in *bufio.Reader, limit int64, yield func(data []byte) error) error {
	for {
		header, err := in.ReadString('\n')
		if err == io.EOF && header == "" {
			return nil
		}
		if err != nil {
			return err
		}
		var id, kind string
		var size int64
		if _, err := fmt.Sscanf(header, "%s %s %d", &id, &kind, &size); err != nil || size < 0 {
			return fmt.Errorf("%w: %s", ErrNoContent, id)
		}
		var data []byte
		if limit < 0 || size <= limit {
			data = make([]byte, size)
			_, err = io.ReadFull(in, data)
		} else {
			_, err = io.CopyN(io.Discard, in, size)
		}
		if _, end := in.Discard(1); err != nil || end != nil {
			return errors.Join(err, end)
		}
		if err := yield(data); err != nil {
			return err
		}
	}
}
