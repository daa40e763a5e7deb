package public

import (
	"time"

	"sluss/internal/fault"
	"sluss/internal/opinion"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// opinionPage is where anybody says what they think, without saying who they are.
type opinionPage struct {
	page
	Typed  opinion.Form
	Faults fault.Form
	Enough string // the key of why no more is taken just now
}

func (p *Pages) opinionRoutes() []web.Route {
	all := web.Everybody()
	return []web.Route{
		{Method: "GET", Pattern: "/v/{gateway}/tyck-till", Needs: all, Handle: p.getOpinion},
		{Method: "POST", Pattern: "/v/{gateway}/tyck-till", Needs: all, Handle: p.postOpinion},
		{Method: "GET", Pattern: "/v/{gateway}/tyck-till/svar", Needs: all, Handle: p.getTold},
		{Method: "POST", Pattern: "/v/{gateway}/tyck-till/svar", Needs: all, Handle: p.postTold},
	}
}

func (p *Pages) getOpinion(r *web.Request) (web.Answer, error) {
	x, err := p.open(r, "public.opinion.title")
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "opinion", r.L.Tag)
	return web.Show(opinionForm(opinionPage{page: x, Typed: opinion.Form{About: opinion.House}})), nil
}

func (p *Pages) postOpinion(r *web.Request) (web.Answer, error) {
	y, err := p.open(r, "public.opinion.title")
	if err != nil {
		return web.Answer{}, err
	}
	x, f := opinionPage{page: y}, r.Form
	x.Typed = opinion.Form{Kind: opinion.Kind(f.Raw("kind")), About: opinion.About(f.Raw("about")), Words: opinion.Words{Text: f.Text("words"), Reach: f.Line("reach")}, Press: r.Press()}
	if x.Faults = f.Faults; len(x.Faults) == 0 {
		x.Faults = fault.Fields(x.Typed.Check())
	}
	if len(x.Faults) > 0 {
		x.Failed = true
		return web.Again(opinionForm(x)), nil
	}
	if !p.limit.Allow(r.From(), p.Clock.Now(), forms) {
		x.Enough = "public.often"
		return web.Enough(opinionForm(x)), nil
	}
	code, err := p.Opinion.Give(r.Context(), x.House.Area.ID, x.House.Unit.ID, x.Typed, f.Raw(trap) != "")
	if f := fault.Of(err); f != nil { // a full day, or nobody to answer
		x.Enough = f.Key
		return web.Enough(opinionForm(x)), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	x.Title = r.L.T("public.opinion.thanks")
	return web.Show(opinionThanks(x, opinion.Spell(code))), nil
}

func codes[T ~string](list []T) []string {
	s := make([]string, len(list))
	for i, x := range list {
		s[i] = string(x)
	}
	return s
}

// choices are what one chooses among, each with what it means.
func (p opinionPage) choices(prefix string, list []string) (o []ui.Option) {
	for _, c := range list {
		o = append(o, ui.Option{Value: c, Text: p.L.T(prefix + c)})
	}
	return o
}

func (p opinionPage) fault(field string) string { return ui.Fault(p.L, p.Faults, field) }

// toldPage is where one reads the answer by the code.
type toldPage struct {
	page
	Code   string // as typed
	Told   *opinion.Told
	Faults fault.Form
	Enough bool
}

func (p *Pages) getTold(r *web.Request) (web.Answer, error) {
	x, err := p.open(r, "public.opinion.told")
	return web.Show(toldView(toldPage{page: x})), err
}

// looks is how many codes are tried from one network address: a code is too long to be guessed, and nobody tries many of their own.
var looks = web.Rate{Most: 10, Within: 10 * time.Minute}

func (p *Pages) postTold(r *web.Request) (web.Answer, error) {
	y, err := p.open(r, "public.opinion.told")
	if err != nil {
		return web.Answer{}, err
	}
	x := toldPage{page: y, Code: r.Form.Line("code")}
	if !p.looked.Allow(r.From(), p.Clock.Now(), looks) {
		x.Enough = true
		return web.Enough(toldView(x)), nil
	}
	told, err := p.Opinion.Look(r.Context(), x.House.Area.ID, x.Code)
	if fault.Is(err, fault.NotFound) {
		x.Faults.Add("code", "public.opinion.told.unknown")
		x.Failed = true
		return web.Again(toldView(x)), nil
	}
	x.Told = &told
	return web.Show(toldView(x)), err
}
