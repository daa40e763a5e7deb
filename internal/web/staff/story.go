package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/web"
	"sluss/internal/web/stories"
	"sluss/internal/web/ui"
)

// storyPath is where stories wait for an editor, and stand.
const storyPath = operation + "/berattelser"

func (p *Pages) storyRoutes() []web.Route {
	const one = "/arbete/person/{person}/berattelse"
	return []web.Route{
		{Method: "GET", Pattern: one, Needs: web.OnePerson(story.Told, access.Read), Handle: p.getStory},
		{Method: "POST", Pattern: one, Needs: web.OnePerson(story.Told, access.Read, access.Write), Handle: p.postStory},
		{Method: "POST", Pattern: one + "/ja", Needs: web.OnePerson(story.Need, access.Write), Handle: p.postStoryYes},
		{Method: "POST", Pattern: one + "/tillbaka", Needs: web.OnePerson(story.Need, access.Write), Handle: p.postStoryBack},
		{Method: "POST", Pattern: one + "/visa", Needs: web.OnePerson(story.Need, access.Write), Handle: p.postStoryShow},
		{Method: "GET", Pattern: storyPath, Needs: web.ManyPeople(story.Need, access.Read), Handle: p.getStories},
		{Method: "POST", Pattern: storyPath + "/{story}", Needs: web.NoPerson(), Handle: p.postStoryHide},
	}
}

// story begins the page of somebody's story, on the screen that the two read together.
func (p *Pages) story(r *web.Request) (v stories.View, who id.Person, err error) {
	if who, err = r.Person(); err != nil {
		return v, who, err
	}
	var s story.Story
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, story.Told, access.Read, access.ForPlan)
		if err == nil {
			s, err = story.Of(r.Context(), tx, r.Actor, a)
		}
		return err
	})
	return stories.Of(r, r.Page("story.title"), personPath(who, "/berattelse"), s, true), who, err
}

func (p *Pages) getStory(r *web.Request) (web.Answer, error) {
	v, who, err := p.story(r)
	return web.Show(storyView(v, who)), err
}

func (p *Pages) postStory(r *web.Request) (web.Answer, error) {
	v, who, err := p.story(r)
	if err != nil {
		return web.Answer{}, err
	}
	f, err := stories.Typed(r), r.Form.Faults.Err()
	if err == nil {
		err = p.Story.Write(r.Context(), r.Actor, who, f)
	}
	if err == nil {
		return web.Saved(v.Path, "story.written"), nil
	}
	v, err = v.Again(f, err)
	return web.Again(storyView(v, who)), err
}

func (p *Pages) postStoryYes(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err == nil {
		err = p.Story.Agree(r.Context(), r.Actor, who, r.Form.Version())
	}
	return web.Saved(personPath(who, "/berattelse"), "story.said"), err
}

func (p *Pages) postStoryBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	all := r.Form.Choice("do", "yes", "all") == "all"
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	saved := "story.taken"
	if all {
		saved = "story.removed"
	}
	return web.Saved(personPath(who, "/berattelse"), saved), p.Story.Take(r.Context(), r.Actor, who, all)
}

// storiesPage is the stories that wait for an editor, and those that everybody reads.
type storiesPage struct {
	ui.Page
	Waiting []story.Waiting
	Shown   []story.Shown
	House   site.Gateway
}

// mostShown is how many stories the page of an editor shows; everybody sees fewer.
const mostShown = 50

func (p *Pages) getStories(r *web.Request) (web.Answer, error) {
	page := storiesPage{Page: r.Page("story.staff.title")}
	if !editor(r.Actor) {
		return web.Answer{}, fault.New(fault.Forbidden, "fault.role")
	}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if page.Waiting, err = story.WaitingAt(r.Context(), tx, r.Actor); err != nil {
			return err
		}
		if page.Shown, err = story.ShownAt(r.Context(), tx, r.Actor.Area(), r.Actor.Unit(), mostShown); err != nil {
			return err
		}
		list, err := site.Gateways(r.Context(), tx)
		for _, g := range list {
			if g.Area.ID == r.Actor.Area() && g.Unit.ID == r.Actor.Unit() {
				page.House = g
			}
		}
		return err
	})
	return web.Show(storiesView(page)), err
}

func (p *Pages) postStoryShow(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err == nil {
		err = p.Story.Show(r.Context(), r.Actor, who, r.Form.Version())
	}
	return web.Saved(storyPath, "story.staff.done"), err
}

func (p *Pages) postStoryHide(r *web.Request) (web.Answer, error) {
	var s story.ID
	if err := pathID(r, "story", &s); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(storyPath, "story.staff.hidden"), p.Story.Hide(r.Context(), r.Actor, s)
}

// toldLines tell an editor that stories wait to be read.
func (m *morning) toldLines(r *web.Request) []todo {
	if m.told.N == 0 {
		return nil
	}
	return []todo{{after: true, since: m.told.First, line: ui.Line{Who: ui.Link{Text: r.L.T("story.today", m.told.N), Href: storyPath},
		Do: []templ.Component{ui.Button{Text: r.L.T("story.today.do"), Href: storyPath, Variant: "secondary", Size: "sm"}}}}}
}
