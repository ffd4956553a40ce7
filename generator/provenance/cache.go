package provenance

import (
	"context"
	"sync"

	"allclear/generator/git"
)

// Cache keeps the history of a content folder until HEAD moves, and what was read of
// each content even then. The zero value is empty. It is safe for concurrent use.
type Cache struct {
	mutex    sync.Mutex
	history  *History
	contents *contents
}

// Read reads the history of a content folder, unless HEAD is where it was. The
// errors are ErrShallow and those of package git.
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
	if c.history == nil {
		c.contents = &contents{versions: map[key]*version{}, without: map[git.Blob]bool{}}
	}
	c.history, err = read(ctx, repository, c.contents)
	return c.history, err
}
