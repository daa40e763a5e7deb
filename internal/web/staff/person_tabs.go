package staff

import (
	"sluss/internal/id"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// tabs are the pages of one person, in order: what follows the person's own address, and the key of the text.
var tabs = [][2]string{
	{"", "person.tab.overview"},
	{"/plan", "person.tab.plan"},
	{"/tillsammans", "enquiry.tab"},
	{"/aktiviteter", "place.tab"},
	{"/min-plats", "myplace.tab"},
	{"/trad", "person.tab.thread"},
	{"/kontakt", "person.tab.contact"},
	{"/dokument", "document.tab"},
	{"/samtycke", "person.tab.consent"},
	{"/lasningar", "reading.tab"},
	{"/avslut", "person.tab.exit"},
	{"/uppgifter", "person.tab.record"},
}

// personPath is the address of a person's page; part is as in tabs, or deeper.
func personPath(who id.Person, part string) string { return "/arbete/person/" + who.String() + part }

// personTabs gives the person's pages with the one that is shown marked.
func personTabs(r *web.Request, who id.Person) []ui.Tab {
	list := make([]ui.Tab, len(tabs))
	for i, t := range tabs {
		href := personPath(who, t[0])
		list[i] = ui.Tab{Href: href, Text: r.L.T(t[1]), Current: r.URL.Path == href}
	}
	return list
}
