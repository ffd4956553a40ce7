package active

import (
	"path"
	"strings"
)

// kind is how a browser or a host treats the files with an extension.
type kind int

const (
	dataFile kind = iota
	pageFile
	scriptFile
	wasmFile
	styleFile
	serverFile
	packedFile
	transformFile
	xmlFile
	svgFile
)

// kinds are the extensions that hosts serve as something that a browser runs or
// parses, in any of their lists of types.
var kinds = byExtension(map[kind]string{
	pageFile:      "html htm xhtml xht xhtm shtml shtm stm mhtml mht hta htc",
	scriptFile:    "js mjs cjs jsx es es6 ecma vbs",
	wasmFile:      "wasm swf jar xap",
	serverFile:    "php php3 php4 php5 php7 php8 phtml pht phps phar asp aspx ashx asmx jsp jspx jsf jhtml cfm cgi fcgi",
	packedFile:    "svgz",
	transformFile: "xsl xslt xbl",
	svgFile:       "svg",
	xmlFile: "xml rss atom rdf mathml mml xul xsd wsdl wadl kml gpx gml xspf plist opml xlf xliff resx jnlp smil smi srx rng owl " +
		"ncx opf x3d dae dtd ent musicxml vxml ccxml xop xdp xfdf xaml mpd metalink meta4 rsd dbk",
	styleFile: "css",
})

func byExtension(lists map[kind]string) map[string]kind {
	all := map[string]kind{}
	for k, list := range lists {
		for _, extension := range strings.Fields(list) {
			all[extension] = k
		}
	}
	return all
}

// hostFiles are settings of hosts, which they read from the folder that they serve.
var hostFiles = map[string]string{
	"_worker.js":               "Cloudflare Pages",
	"_routes.json":             "Cloudflare Pages",
	"cname":                    "GitHub Pages",
	"_config.yml":              "GitHub Pages",
	"netlify.toml":             "Netlify",
	"vercel.json":              "Vercel",
	"firebase.json":            "Firebase",
	"staticwebapp.config.json": "Azure Static Web Apps",
	"web.config":               "IIS",
}

// byName says what a file is by its name alone. Each extension of the name counts,
// since Apache uses the last one that it knows: a.html.old is a page there.
func byName(base string) string {
	base = strings.ToLower(base)
	if host := hostFiles[base]; host != "" {
		return "is a setting for " + host
	}
	extensions := strings.Split(base, ".")[1:]
	for i, extension := range extensions {
		if extension == "es" && i < len(extensions)-1 {
			continue // Spanish: guide.es.pdf
		}
		switch kinds[extension] {
		case pageFile:
			return "is a page, which can run scripts"
		case scriptFile:
			return "is a script"
		case wasmFile:
			return "is a program"
		case serverFile:
			return "is a program that some servers run"
		case packedFile:
			return "is a compressed picture, in which scripts can't be found"
		case transformFile:
			return "is a style sheet that turns XML into pages"
		}
	}
	return ""
}

// kindOf is the kind of a file's last extension.
func kindOf(name string) kind {
	return kinds[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

// hasKind reports whether one of a name's extensions has a kind; a picture in SVG
// is XML, too.
func hasKind(name string, want kind) bool {
	for _, extension := range strings.Split(strings.ToLower(path.Base(name)), ".")[1:] {
		if k := kinds[extension]; k == want || k == svgFile && want == xmlFile {
			return true
		}
	}
	return false
}
