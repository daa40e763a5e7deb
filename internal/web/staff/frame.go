package staff

import (
	"log/slog"
	"strings"

	"sluss/internal/access"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// menu is the staff's menu, in order.
var menu = []ui.NavItem{
	{Href: "/arbete", Key: "nav.today"},
	{Href: "/arbete/ko", Key: "nav.queue"},
	{Href: "/arbete/gruppstarter", Key: "nav.starts"},
	{Href: "/arbete/deltagare", Key: "nav.people"},
	{Href: "/arbete/flode", Key: "nav.flow"},
	{Href: operation, Key: "nav.operation"},
}

// Frame fills what every page of a signed-in worker shows.
func (p *Pages) Frame(r *web.Request, page *ui.Page) {
	var post org.Post
	var unit org.Unit
	var area org.Area
	a := r.Actor
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if post, err = org.GetPost(r.Context(), tx, a.Area(), a.Post(), a.Now()); err != nil {
			return err
		}
		if unit, err = org.GetUnit(r.Context(), tx, a.Area(), a.Unit()); err != nil {
			return err
		}
		area, err = org.GetArea(r.Context(), tx, a.Area())
		return err
	})
	if err != nil {
		slog.ErrorContext(r.Context(), "frame", "error", err)
		return
	}
	page.Who, page.Unit, page.Area = post.Name, unit.Name, area.Name
	page.Nav = current(menuOf(a.Role()), r.URL.Path)
}

// menuOf is the menu without what the role sees nothing of: the reception reads no lists of people.
func menuOf(role access.Role) []ui.NavItem {
	if role != access.Reception {
		return menu
	}
	return []ui.NavItem{menu[0], menu[2], menu[5]}
}

// under is the item that a page of another address belongs to.
var under = map[string]string{"/arbete/import": "/arbete/ko", "/arbete/uppfoljning": "/arbete/deltagare"}

// current marks the item whose address is the page's or leads to it.
func current(items []ui.NavItem, path string) []ui.NavItem {
	for from, to := range under {
		if path == from || strings.HasPrefix(path, from+"/") {
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
