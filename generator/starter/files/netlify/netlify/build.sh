#!/bin/sh
# Builds the page for Netlify: that of the main branch for the site's address, any
# other for the address of its deploy preview.
set -eu
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
	git fetch --quiet --unshallow origin # the history says when each update was published
fi
next=never
if [ "$CONTEXT" = production ]; then
	next=$(sh allclearw next)
	sh allclearw build --base-url "$URL"
else
	sh allclearw build --base-url "$DEPLOY_PRIME_URL"
fi
echo "export default '$next'" >netlify/functions/rebuild/next.mjs
