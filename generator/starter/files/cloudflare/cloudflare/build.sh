#!/bin/sh
# Builds the page for Cloudflare, and writes down when the clock changes it next.
set -eu
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
	git fetch --quiet --unshallow origin # the history says when each update was published
fi
next=$(sh allclearw next)
sh allclearw build
echo "export default '$next'" >cloudflare/next.mjs
