package diag

// Rules is the rules of one package. The zero value is ready to use.
type Rules struct{ declared []*Rule }

// Declare makes a rule one of the package's. It is called as package variables
// are initialized, never later.
func (r *Rules) Declare(rule Rule) *Rule {
	r.declared = append(r.declared, &rule)
	return &rule
}

// All returns every declared rule.
func (r *Rules) All() []*Rule { return r.declared }
