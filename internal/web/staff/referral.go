package staff

import (
	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/web"
)

// referralPage is how somebody came, and what can be done while they wait.
type referralPage struct {
	overviewPage
	Sender string
	Rounds []plan.Round // what we did before, of somebody who has come back
	Names  org.Names
	Faults fault.Form
	Voice  voice
	Typed  map[string]string
}

func (p *Pages) referralPage(r *web.Request) (referralPage, error) {
	o, err := p.overview(r, access.ForQueue)
	if err != nil {
		return referralPage{}, err
	}
	if o.Referral.ID == 0 {
		return referralPage{}, fault.Missing
	}
	n, err := p.names(r)
	if err != nil {
		return referralPage{}, err
	}
	page := referralPage{overviewPage: o, Sender: sender(n, o.Referral), Names: n, Typed: map[string]string{}}
	if o.Referral.Returning {
		page.Rounds, err = p.rounds(r, o.Who.ID, o.Referral.ID)
	}
	return page, err
}

// rounds reads what the unit did with the person before the referral.
func (p *Pages) rounds(r *web.Request, who id.Person, before referral.ID) (list []plan.Round, err error) {
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, overviewCategories, access.Read, access.ForQueue)
		if err != nil {
			return err
		}
		list, err = plan.Rounds(r.Context(), tx, r.Actor, a, before)
		return err
	})
	return list, err
}

func (p *Pages) getReferral(r *web.Request) (web.Answer, error) {
	page, err := p.referralPage(r)
	if err == nil {
		page.Voice, err = p.saidOf(r, page.Who.ID, page.Who.Given, comment.Referral)
	}
	return web.Show(referralView(page)), err
}

// act runs one of the referral's verbs and shows the page again when the form is not right.
func (p *Pages) act(r *web.Request, saved string, names []string, f func(who id.Person, x referral.ID, version int) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var x referral.ID
	if x.UnmarshalText([]byte(r.Form.Raw("id"))) != nil {
		return web.Answer{}, fault.Missing
	}
	err = f(who, x, r.Form.Version())
	if len(r.Form.Faults) > 0 {
		err = r.Form.Faults
	}
	if err == nil {
		return web.Saved(personPath(who, "/remiss"), saved), nil
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Answer{}, err
	}
	page, err := p.referralPage(r)
	page.Failed, page.Faults = true, faults
	for _, n := range names {
		page.Typed[n] = r.Form.Raw(n)
	}
	return web.Again(referralView(page)), err
}

func (p *Pages) postMove(r *web.Request) (web.Answer, error) {
	to, why := r.Form.Date("to"), r.Form.Line("why")
	return p.act(r, "referral.moved.saved", []string{"to", "why"}, func(who id.Person, x referral.ID, v int) error {
		if len(r.Form.Faults) > 0 {
			return nil
		}
		return p.Referral.Move(r.Context(), r.Actor, who, x, v, to, why)
	})
}

func (p *Pages) postReply(r *web.Request) (web.Answer, error) {
	text := r.Form.Text("reply")
	return p.act(r, "referral.replied", []string{"reply"}, func(who id.Person, x referral.ID, v int) error {
		return p.Referral.Reply(r.Context(), r.Actor, who, x, v, text)
	})
}

func (p *Pages) postAskReturn(r *web.Request) (web.Answer, error) {
	helped, hindered, instead := r.Form.Text("helped"), r.Form.Text("hindered"), r.Form.Text("instead")
	return p.act(r, "referral.return.saved", []string{"helped", "hindered", "instead"}, func(who id.Person, x referral.ID, v int) error {
		return p.Referral.AskReturn(r.Context(), r.Actor, who, x, v, helped, hindered, instead)
	})
}

func (p *Pages) postRedirect(r *web.Request) (web.Answer, error) {
	to, told := r.Form.Line("redirect"), r.Form.Bool("told")
	return p.leaveLine(r, "referral.redirected", "referral.redirected.uncalled", func(who id.Person, x referral.ID, v int) (intake.Start, error) {
		return p.Intake.Redirect(r.Context(), r.Actor, who, x, v, to, told)
	})
}

func (p *Pages) postWithdraw(r *web.Request) (web.Answer, error) {
	return p.leaveLine(r, "referral.withdrawn", "referral.withdrawn.uncalled", func(who id.Person, x referral.ID, v int) (intake.Start, error) {
		return p.Intake.Withdraw(r.Context(), r.Actor, who, x, v)
	})
}

// leaveLine runs a verb that takes somebody out of the line, and tells when a call was taken back with it.
func (p *Pages) leaveLine(r *web.Request, saved, uncalled string, f func(who id.Person, x referral.ID, version int) (intake.Start, error)) (web.Answer, error) {
	var was intake.Start
	done, err := p.act(r, saved, []string{"redirect"}, func(who id.Person, x referral.ID, v int) (err error) {
		was, err = f(who, x, v)
		return err
	})
	if err != nil || was.ID == 0 {
		return done, err
	}
	who, err := r.Person()
	return web.Saved(personPath(who, "/remiss"), uncalled), err
}

func (p *Pages) postReopen(r *web.Request) (web.Answer, error) {
	return p.act(r, "referral.reopened", nil, func(who id.Person, x referral.ID, v int) error {
		return p.Referral.Reopen(r.Context(), r.Actor, who, x, v)
	})
}
