package main

import (
	"fmt"

	"sluss/internal/access"
	"sluss/internal/i18n"
)

type rulesCmd struct {
	Lang string `default:"sv" enum:"sv,en" help:"sv or en."`
	SQL  bool   `name:"sql" help:"Print also how each clause asks the database."`
}

// Help gives the example.
func (rulesCmd) Help() string { return `Example: sluss rules --lang en --sql` }

// ruleRow is a clause as the command answers with it.
type ruleRow struct {
	Code      string `json:"code"`
	Prohibits bool   `json:"prohibits"`
	Text      string `json:"text"`
	Example   string `json:"example"`
	SQL       string `json:"sql,omitempty"`
}

// Run prints the rule of who may see what, from the table that the program asks by.
func (c rulesCmd) Run(g *globals) error {
	l := i18n.Get(c.Lang)
	var rows []ruleRow
	text, was := l.T("rule.no")+"\n", true
	for _, x := range access.Clauses() {
		row := ruleRow{Code: x.Name(), Prohibits: x.Prohibits(), Text: l.T(x.Key()), Example: l.T(x.Key() + ".example")}
		if c.SQL {
			row.SQL = x.SQL
		}
		rows = append(rows, row)
		if was && !x.Prohibits() {
			text += "\n" + l.T("rule.yes") + "\n"
		}
		was = x.Prohibits()
		text += fmt.Sprintf("  %s  %s\n      %s\n", row.Code, row.Text, row.Example)
		if c.SQL {
			text += "      " + x.SQL + "\n"
		}
	}
	return g.tell(rows, text+"\n"+l.T("rule.else"))
}
