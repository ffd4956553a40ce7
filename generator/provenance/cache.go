package provenance

import (
	"context"
	"sync"

	"allclear/generator/git"
)

// Cache keeps the history of a content folder until HEAD moves. The zero value is
// empty. It is safe for concurrent use.
type Cache struct {
	mutex   sync.Mutex
	history *History
}

// Read reads the history of a content folder, unless HEAD is where it was. The
// errors are those of [Read] and of [git.Open].
func (c *Cache) Read(ctx context.Context, folder string) (*History, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	repository, err := git.Open(ctx, folder)
	if err != nil {
		return nil, err
	}
	if c.history != nil && c.history.head == repository.Head(ctx) {
		return c.history, nil
	}
	c.history, err = Read(ctx, repository)
	return c.history, err
}
