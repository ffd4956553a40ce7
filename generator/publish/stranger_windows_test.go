package publish

import "errors"

func becomeStranger() error { return errors.New("not on Windows") }
