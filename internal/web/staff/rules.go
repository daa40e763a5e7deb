package staff

import (
	"sluss/internal/access"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// rulesPage is the rule of who may see whom, for who wants to judge it.
type rulesPage struct {
	ui.Page
	No, Yes []access.Clause
}

func (p *Pages) getRules(r *web.Request) (web.Answer, error) {
	page := rulesPage{Page: r.Page("rule.title")}
	for _, c := range access.Clauses() {
		if c.Prohibits() {
			page.No = append(page.No, c)
		} else {
			page.Yes = append(page.Yes, c)
		}
	}
	return web.Show(rulesView(page)), nil
}
