package staff

import (
	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// doorPage is where one chooses whom to be in the demo.
type doorPage struct {
	ui.Page
	People []demoPerson
	Own    []demoPerson // participants, who see what stands about themselves
}

// demoPerson is one of those one can be in the demo.
type demoPerson struct{ Key, Name, First, Title, Unit string }

func (p *Pages) getDoor(r *web.Request) (web.Answer, error) {
	if r.Actor != nil {
		return web.To("/arbete"), nil
	}
	if !r.Demo() {
		return p.showDoor(r, nil)
	}
	page := doorPage{Page: r.Page("demo.title")}
	for _, w := range demo.Workers {
		page.People = append(page.People, demoPerson{w.Key, w.Name, org.Post{Name: w.Name}.First(), w.Title, w.Unit})
	}
	found, err := p.demoParticipants(r)
	for _, d := range demo.Participants {
		if found[d.Key] != 0 {
			page.Own = append(page.Own, demoPerson{d.Key, d.Given + " " + d.Family, d.Given, r.L.T("demo.participant"), "Vuxenslussen"})
		}
	}
	return web.Show(demoDoor(page)), err
}

// demoParticipants gives those of the named participants that the demo holds.
func (p *Pages) demoParticipants(r *web.Request) (found map[string]id.Person, err error) {
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		keys, err := p.Org.Vault.Area(r.Context(), tx, demo.AreaID)
		if err == nil {
			found, err = demo.FindParticipants(r.Context(), tx, keys)
		}
		return err
	})
	return found, err
}

// postDemoOwn signs in as one of the demo's participants.
func (p *Pages) postDemoOwn(r *web.Request) (web.Answer, error) {
	found, err := p.demoParticipants(r)
	if err != nil {
		return web.Answer{}, err
	}
	who := found[r.Form.Raw("who")]
	if who == 0 {
		return web.Answer{}, fault.Missing
	}
	return r.SignInOwn(demo.AreaID, who, "/min")
}

func (p *Pages) postDemo(r *web.Request) (web.Answer, error) {
	var place demo.Place
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		place, err = demo.Find(r.Context(), tx, p.Clock.Now())
		return err
	})
	if err != nil {
		return web.Answer{}, err
	}
	post, ok := place.Posts[r.Form.Raw("who")]
	if !ok {
		return web.Answer{}, fault.Missing
	}
	return r.SignIn(place.Area, post, "/arbete")
}

func (p *Pages) postOut(r *web.Request) (web.Answer, error) { return r.SignOut(web.Door) }
