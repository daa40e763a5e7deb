package staff

import (
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

type todayPage struct {
	ui.Page
}

func (p *Pages) getToday(r *web.Request) (web.Answer, error) {
	return web.Show(today(todayPage{Page: r.Page("nav.today")})), nil
}

func (p *Pages) getGallery(r *web.Request) (web.Answer, error) {
	return web.Show(today(todayPage{Page: r.Page("nav.today")})), nil
}
