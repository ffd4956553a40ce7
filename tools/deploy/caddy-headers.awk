# Turns the rules of a _headers file into header directives of Caddy. What no
# rule matches, which is nothing but a 404, has the headers of 404.html.
#
# Run it with LC_ALL=C, so that a character is a byte.
function quoted(text) {
	gsub(/[\\"]/, "\\\\&", text)
	return "\"" text "\""
}
function close_rule() {
	if (path == "") return
	print "header " quoted(path) " {\n" headers "}"
	if (path == "/404.html") fallback = "header {\n" defaults "}"
}
/^\// {
	close_rule()
	path = $0
	headers = defaults = ""
	next
}
NF {
	at = index($0, ": ")
	line = substr($0, 3, at - 3) " " quoted(substr($0, at + 2)) "\n"
	headers = headers "\t" line
	defaults = defaults "\t?" line
}
END {
	close_rule()
	if (fallback) print fallback
}
