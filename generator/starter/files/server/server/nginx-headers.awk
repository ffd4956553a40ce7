# Turns the rules of a _headers file into nginx locations, one each. Each
# holds all of its headers, since nginx inherits none into a location that
# adds one of its own. A browser that asks first (OPTIONS) is answered with
# them. Where other origins may read a folder, they may read its 404, too.
#
# Run it with LC_ALL=C, so that a character is a byte.
function decoded(text,    out, at) {
	while (at = match(text, /%[0-9A-F][0-9A-F]/)) {
		out = out substr(text, 1, at - 1) sprintf("%c", 16 * digit(substr(text, at + 1, 1)) + digit(substr(text, at + 2, 1)))
		text = substr(text, at + 3)
	}
	return out text
}
function digit(character) { return index("0123456789ABCDEF", character) - 1 }
function quoted(text) {
	gsub(/[\\"]/, "\\\\&", text)
	return "\"" text "\""
}
function close_rule(    missing) {
	if (path == "") return
	if (folder && headers ~ /Access-Control-Allow-Origin/) missing = "@missing" ++count
	print "location " (folder ? "^~ " : "= ") quoted(decoded(path)) " {"
	printf "%s", headers
	print "\tif ($request_method = OPTIONS) { return 204; }"
	if (missing) print "\terror_page 404 " missing ";\n\terror_page 403 =404 " missing ";"
	print "}"
	if (missing) print "location " missing " {\n" headers "\trewrite ^ /404.html break;\n}"
}
/^\// {
	close_rule()
	path = $0
	headers = ""
	folder = sub(/\*$/, "", path)
	next
}
NF {
	at = index($0, ": ")
	headers = headers "\tadd_header " substr($0, 3, at - 3) " " quoted(substr($0, at + 2)) " always;\n"
}
END { close_rule() }
