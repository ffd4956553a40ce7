#!/usr/bin/env bash
# Writes what `allclear version --licenses` prints: the license of allclear, of
# Go, and of each module that is linked into the binary on any system, with the
# notices beside them. Fails if the license of a module is not an allowed one.
#
#	bash tools/licenses.sh [FILE]
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
file=${1:-generator/command/licenses.txt}

# Licences that ask for nothing but their text and notices.
allowed=Apache-2.0,BSD-2-Clause,BSD-3-Clause,ISC,MIT

# A path to the tool, since with GOOS set `go tool` would build it for that system.
classifier=$(go tool -modfile=tools/go.mod -n go-licenses)

modules() {
	local system said
	for system in linux darwin windows; do
		if ! said=$(GOOS=$system "$classifier" check . --ignore allclear --allowed_licenses "$allowed" 2>&1); then
			printf '%s\n' "$said" >&2
			return 1
		fi
		GOOS=$system go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' .
	done | LC_ALL=C sort -u
}

# chapter prints a name and the licenses and notices in a folder.
chapter() {
	printf '%s\n%s\n%s\n' "$line" "$1" "$line"
	find "$2" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) |
		LC_ALL=C sort | while read -r text; do
		printf '\n'
		tr -d '\r' <"$text"
	done
	printf '\n'
}

line=$(printf '=%.0s' {1..78})
list=$(modules)
{
	chapter allclear .
	chapter 'Go, its runtime and standard library' "$(go env GOROOT)"
	while read -r path version folder; do
		chapter "$path $version" "$folder"
	done <<<"$list"
} >"$file"
