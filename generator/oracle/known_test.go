package oracle

// knownBroken are the kinds of violations that the program is known to have,
// with the reason. TestOracle logs them and does not fail. Take a line out as
// soon as the program is fixed.
var knownBroken = map[string]string{}

// brokenTruths are the truth cases that the program is known to fail. Take a
// line out as soon as its case holds.
var brokenTruths = map[string]string{}
