package staff

import (
	"log/slog"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// menu is the staff's menu, in order.
var menu = []ui.NavItem{
	{Href: "/arbete", Key: "nav.today"},
	{Href: "/arbete/ko", Key: "nav.queue"},
	{Href: "/arbete/gruppstarter", Key: "nav.starts"},
	{Href: "/arbete/deltagare", Key: "nav.people"},
	{Href: schedules, Key: "nav.schedule"},
	{Href: activities, Key: "nav.activities"},
	{Href: "/arbete/flode", Key: "nav.flow"},
	{Href: operation, Key: "nav.operation"},
}

// Frame fills what every page of a signed-in worker shows.
func (p *Pages) Frame(r *web.Request, page *ui.Page) {
	n, err := p.Org.Names(r.Context(), r.Actor)
	if err != nil {
		slog.ErrorContext(r.Context(), "frame", "error", err)
		return
	}
	page.Who, page.Unit, page.Area = n.Post(r.Actor.Post()).Name, n.Unit(r.Actor.Unit()), n.Area.Name
	page.Seeks = r.Actor.Role() != access.Officer
	page.Nav = current(menuOf(r.Actor.Role()), r.URL.Path)
	p.opened(r, page)
}

// partnerMenu is the menu of those who work at other agencies.
var partnerMenu = []ui.NavItem{{Href: "/arbete/delat", Key: "nav.shared"}, {Href: practices, Key: "practice.title"}, {Href: "/arbete/regler", Key: "nav.rules"}}

// menuOf is the menu without what the role sees nothing of: the reception reads no lists of people.
func menuOf(role access.Role) []ui.NavItem {
	switch role {
	case access.Reception:
		return []ui.NavItem{menu[0], menu[2], menu[4], menu[5], menu[6], menu[7]}
	case access.Officer:
		return partnerMenu
	default:
		return menu
	}
}

// under is the item that a page of another address belongs to, in a menu where it is no item of its own.
var under = map[string]string{"/arbete/import": "/arbete/ko", "/arbete/uppfoljning": "/arbete/deltagare",
	weeding: operation, opinions: operation, sarahs: operation, practices: operation, courses: operation, competences: activities, workplaces: activities, applications: "/arbete/ko"}

// current marks the item whose address is the page's or leads to it.
func current(items []ui.NavItem, path string) []ui.NavItem {
	for from, to := range under {
		own := slices.ContainsFunc(items, func(i ui.NavItem) bool { return i.Href == from })
		if !own && (path == from || strings.HasPrefix(path, from+"/")) {
			path = to
		}
	}
	list := make([]ui.NavItem, len(items))
	copy(list, items)
	for i := range list {
		list[i].Current = path == list[i].Href || list[i].Href != "/arbete" && strings.HasPrefix(path, list[i].Href+"/")
	}
	return list
}
