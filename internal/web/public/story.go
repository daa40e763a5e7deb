package public

import (
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/web"
)

// How many stories a page shows, and the front page.
const (
	storiesShown = 6
	storiesFront = 2
)

func (p *Pages) storyRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/v/{gateway}/berattelser", Needs: web.Everybody(), Handle: p.getStories}}
}

// storiesPage is what people tell of their way, with their own yes.
type storiesPage struct {
	page
	Stories []story.Shown
}

func (p *Pages) getStories(r *web.Request) (web.Answer, error) {
	base, err := p.open(r, "public.story")
	x := storiesPage{page: base}
	if err == nil {
		err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
			x.Stories, err = story.ShownAt(r.Context(), tx, x.House.Area.ID, x.House.Unit.ID, storiesShown)
			return err
		})
	}
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "stories", r.L.Tag)
	return web.Show(storiesView(x)), nil
}
