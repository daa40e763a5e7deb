package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/web"
)

// referralPage is how somebody came, and what can be done while they wait.
type referralPage struct {
	overviewPage
	Sender string
	Faults fault.Form
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
	return referralPage{overviewPage: o, Sender: sender(n, o.Referral), Typed: map[string]string{}}, err
}

func (p *Pages) getReferral(r *web.Request) (web.Answer, error) {
	page, err := p.referralPage(r)
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
	return p.act(r, "referral.redirected", []string{"redirect"}, func(who id.Person, x referral.ID, v int) error {
		return p.Referral.Redirect(r.Context(), r.Actor, who, x, v, to, told)
	})
}

func (p *Pages) postWithdraw(r *web.Request) (web.Answer, error) {
	return p.act(r, "referral.withdrawn", nil, func(who id.Person, x referral.ID, v int) error {
		return p.Referral.Withdraw(r.Context(), r.Actor, who, x, v)
	})
}

func (p *Pages) postReopen(r *web.Request) (web.Answer, error) {
	return p.act(r, "referral.reopened", nil, func(who id.Person, x referral.ID, v int) error {
		return p.Referral.Reopen(r.Context(), r.Actor, who, x, v)
	})
}
