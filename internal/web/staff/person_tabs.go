package staff

import (
	"sluss/internal/id"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// tabs are the pages of one person, in order; the address follows the person's own.
var tabs = []ui.NavItem{
	{Href: "", Key: "person.tab.overview"},
	{Href: "/plan", Key: "person.tab.plan"},
	{Href: "/trad", Key: "person.tab.thread"},
	{Href: "/kontakt", Key: "person.tab.contact"},
	{Href: "/avslut", Key: "person.tab.exit"},
	{Href: "/uppgifter", Key: "person.tab.record"},
}

// personPath is the address of a person's page; part is as in tabs, or deeper.
func personPath(who id.Person, part string) string { return "/arbete/person/" + who.String() + part }

// personTabs gives the person's pages with the one that is shown marked.
func personTabs(r *web.Request, who id.Person) []ui.NavItem {
	list := make([]ui.NavItem, len(tabs))
	for i, t := range tabs {
		href := personPath(who, t.Href)
		list[i] = ui.NavItem{Href: href, Key: t.Key, Current: r.URL.Path == href}
	}
	return list
}
