package own

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/web"
	"sluss/internal/web/stories"
)

const storyPath = "/min/berattelse"

func (p *Pages) storyRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: storyPath, Needs: web.Themself(access.OwnView, access.Read), Handle: p.getStory},
		{Method: "POST", Pattern: storyPath, Needs: web.Themself(access.OwnView, access.Read, access.Write), Handle: p.postStory},
		{Method: "POST", Pattern: storyPath + "/ja", Needs: web.Themself(story.Need, access.Write), Handle: p.postStoryYes},
		{Method: "POST", Pattern: storyPath + "/tillbaka", Needs: web.Themself(story.Need, access.Write), Handle: p.postStoryBack},
	}
}

// story begins the page of the person's own story.
func (p *Pages) story(r *web.Request) (v stories.View, err error) {
	var s story.Story
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		s, err = story.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	return stories.Of(r, p.page(r, me, "story.title"), storyPath, s, r.Sure()), err
}

func (p *Pages) getStory(r *web.Request) (web.Answer, error) {
	v, err := p.story(r)
	return web.Show(storyView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postStory(r *web.Request) (web.Answer, error) {
	f, err := stories.Typed(r), r.Form.Faults.Err()
	if err == nil {
		err = p.Story.WriteOwn(r.Context(), r.Actor, f)
	}
	if err == nil {
		return web.Saved(storyPath, "story.written"), nil
	}
	v, bad := p.story(r)
	if bad != nil {
		return web.Answer{}, bad
	}
	v, err = v.Again(f, err)
	return web.Again(storyView(v)), err
}

// postStoryYes is the yes, which is taken from who has signed in by a passkey.
func (p *Pages) postStoryYes(r *web.Request) (web.Answer, error) {
	if !r.Sure() {
		return web.Answer{}, fault.New(fault.Forbidden, "own.step.sure")
	}
	return web.Saved(storyPath, "story.said"), p.Story.AgreeOwn(r.Context(), r.Actor, r.Form.Version())
}

func (p *Pages) postStoryBack(r *web.Request) (web.Answer, error) {
	all := r.Form.Choice("do", "yes", "all") == "all"
	if err := r.Form.Faults.Err(); err != nil {
		return web.Answer{}, err
	}
	saved := "story.taken"
	if all {
		saved = "story.removed"
	}
	return web.Saved(storyPath, saved), p.Story.TakeOwn(r.Context(), r.Actor, all)
}
