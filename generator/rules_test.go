package generator_test

import (
	"go/ast"
	"testing"

	"allclear/generator"
)

// TestEveryRuleIsDeclared finds rules that are not listed: a diag.Rule that is not
// passed to Declare, and a package whose rules are not in generator.Rules.
func TestEveryRuleIsDeclared(t *testing.T) {
	declared := 0
	for _, files := range parsePackages(t) {
		for _, file := range files {
			arguments := map[ast.Node]bool{}
			ast.Inspect(file.syntax, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Declare" && len(n.Args) == 1 {
						arguments[n.Args[0]] = true
						declared++
					}
				case *ast.CompositeLit:
					if s, ok := n.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Rule" && !arguments[n] {
						t.Errorf("%s makes a diag.Rule that is not declared: write rules.Declare(diag.Rule{…})", file.name)
					}
				}
				return true
			})
		}
	}
	if listed := len(generator.Rules()); listed != declared {
		t.Errorf("%d rules are declared, and generator.Rules lists %d: does it include every package?", declared, listed)
	}
}

func TestEveryRuleHasACodeATitleAndAReason(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range generator.Rules() {
		if rule.Code == "" || rule.Title == "" || rule.Why == "" || seen[rule.Code] {
			t.Errorf("the rule %q lacks a code, a title or a reason, or its code is taken", rule.Code)
		}
		seen[rule.Code] = true
	}
}
