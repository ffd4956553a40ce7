# Turns the rules of a _headers file into nginx locations, one each. Each
# holds all of its headers, since nginx inherits none into a location that
# adds one of its own.
/^\// {
	if (open) print "}"
	open = 1
	if (sub(/\*$/, "")) print "location ^~ " $0 " {"
	else print "location = " $0 " {"
	next
}
NF {
	at = index($0, ": ")
	print "\tadd_header " substr($0, 3, at - 3) " \"" substr($0, at + 2) "\" always;"
}
END { if (open) print "}" }
