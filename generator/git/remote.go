package git

import "context"

// Remote is the address of the remote origin, "" if there is none.
func (r *Repository) Remote(ctx context.Context) string {
	address, err := r.line(ctx, "remote", "get-url", "origin")
	if err != nil {
		return ""
	}
	return address
}

// Version is the newest tag below HEAD that names a version, such as v1.2.3, "" if
// there is none.
func (r *Repository) Version(ctx context.Context) string {
	tag, err := r.line(ctx, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*.[0-9]*.[0-9]*", "HEAD")
	if err != nil {
		return ""
	}
	return tag
}

// Root is the folder of the repository.
func (r *Repository) Root(ctx context.Context) (string, error) {
	return r.line(ctx, "rev-parse", "--show-toplevel")
}
