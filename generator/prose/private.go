package prose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"allclear/generator/diag"
)

var (
	ruleSecret = rules.Declare(diag.Rule{
		Code: "secret-in-text", Level: diag.Warning,
		Title: "A text has no keys, tokens or passwords",
		Why:   "A status page is public, and so is its repository's history: whoever finds a key can use it until it is revoked.",
	})
	rulePrivate = rules.Declare(diag.Rule{
		Code: "private-in-text", Level: diag.Warning,
		Title: "A text has no addresses of machines or persons",
		Why:   "Names and addresses of machines help those who attack them, and a person's address is collected by robots.",
	})
)

// secret matches keys and tokens by the prefixes that their issuers document.
var secret = regexp.MustCompile(strings.Join([]string{
	`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,                        // AWS
	`\bgh[opusr]_[A-Za-z0-9]{30,}`, `\bgithub_pat_\w{22,}`, // GitHub
	`\bglpat-[\w-]{20,}`,                                // GitLab
	`\bxox[abeoprs]-[\w-]{10,}`, `\bxapp-\d-[\w-]{10,}`, // Slack
	`https://hooks\.slack\.com/services/[\w/]{20,}`,        //
	`https://discord(?:app)?\.com/api/webhooks/\d+/[\w-]+`, // Discord
	`\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}`,               // Stripe
	`\bAIza[\w-]{35}\b`, `\bya29\.[\w-]{20,}`,              // Google
	`\bnpm_[A-Za-z0-9]{36}\b`, `\bpypi-[\w-]{40,}`, // registries
	`\bSG\.[\w-]{16,}\.[\w-]{16,}`,                  // SendGrid
	`\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{24,}`,        // OpenAI, Anthropic
	`\bdop_v1_[a-f0-9]{64}\b`, `\bhf_[A-Za-z]{30,}`, // DigitalOcean, Hugging Face
	`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{5,}`,                  // JSON Web Tokens
	`-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----`,                    // PEM
	`\b[a-z][a-z0-9+]*://[^\s/:@]+:[^\s/:@]{3,}@[\w.-]+`,         // a password in an address
	`\bAccountKey=[A-Za-z0-9+/=]{40,}`,                           // Azure
	`(?i)\b(?:password|passwd|pwd|secret|api_?key|token)=\S{6,}`, // in a command or an address
}, "|"))

func (r *reader) secrets(line string, offset int) {
	if at := secret.FindStringIndex(line); at != nil {
		shown := line[at[0]:min(at[0]+6, at[1])]
		r.report(ruleSecret, offset+at[0], shown+"… looks like a key or a password", "revoke it now, for the repository keeps it, and delete it here")
	}
}

var (
	ipv4     = regexp.MustCompile(`(?:^|[^\w./-])((?:\d{1,3}\.){3}\d{1,3})(?:$|[^\w.]|\.(?:$|\D))`)
	version  = regexp.MustCompile(`(?i)(?:version|release|build|update|v|driver|firmware)\.? *$`)
	ipv6     = regexp.MustCompile(`(?i)\b(?:fe80|f[cd][0-9a-f]{2}):[0-9a-f:]{4,}`)
	hostname = regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+(?:internal|local|lan|corp|intra|intranet|localdomain|home\.arpa)\b` +
		`|\blocalhost:\d+|\bip-\d+-\d+-\d+-\d+\b|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:compute|rds|elb)\.amazonaws\.com\b`)
	mail = regexp.MustCompile(`\b([\w.+-]+)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\b`)
)

// publicServers are addresses that everybody knows.
var publicServers = []string{"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "0.0.0.0", "255.255.255.255"}

// roles are mailboxes that are there to be written to.
var roles = regexp.MustCompile(`(?i)^(?:support|help|helpdesk|service|servicedesk|status|info|contact|hello|hi|team|security|abuse|noc|sales|billing|press|privacy|legal|feedback|incidents?|care|customer|success|admin|office|mail|postmaster|no-?reply|devs?|api|partners?)\b`)

func (r *reader) private(line string, offset int) {
	for _, at := range ipv4.FindAllStringSubmatchIndex(line, -1) {
		ip := line[at[2]:at[3]]
		if isIPv4(ip) && !slices.Contains(publicServers, ip) && !version.MatchString(line[:at[2]]) {
			r.report(rulePrivate, offset+at[2], ip+" is the address of a machine", "say what it does for readers, such as a database in Frankfurt")
		}
	}
	r.first(ipv6, line, offset, rulePrivate, "% is the address of a machine", "say what it does for readers")
	r.first(hostname, line, offset, rulePrivate, "% is the name of a machine", "say what it does for readers, such as a database in Frankfurt")
	for _, at := range mail.FindAllStringSubmatchIndex(line, -1) {
		if !roles.MatchString(line[at[2]:at[3]]) && !secret.MatchString(line) {
			r.report(rulePrivate, offset+at[0], line[at[0]:at[1]]+" is the address of a person", "write that of a team, such as support@…, or a link")
		}
	}
}

func isIPv4(text string) bool {
	return !slices.ContainsFunc(strings.Split(text, "."), func(part string) bool {
		n, err := strconv.Atoi(part)
		return err != nil || n > 255 || len(part) > 1 && part[0] == '0'
	})
}
