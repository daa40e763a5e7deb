package staff

import (
	"html"
	"math"

	"sluss/internal/access"
	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const siteTexts = operation + "/webb"

// sitePage is the unit's texts for everybody: what each says in each language, and what lacks a review.
type sitePage struct {
	ui.Page
	Texts  site.Texts
	Langs  []*i18n.Lang
	Editor bool
	House  site.Gateway
	Visits []site.Visited
	Asked  []application.Asked
	Today  clock.Date
	Origin string // where everybody reaches the program
}

// frame is what is pasted into another site's page to show the small box there.
func (p sitePage) frame() string {
	return `<iframe src="` + p.shared("bit", i18n.Get("sv")) + `" title="` + html.EscapeString(p.House.Unit.Name) + `" width="100%" height="600" loading="lazy"></iframe>`
}

// shared is the address of what another site shows of the gateway, in a language.
func (p sitePage) shared(part string, l *i18n.Lang) string {
	at := p.Origin + p.House.Path() + "/" + part
	if l.Tag == "sv" {
		return at
	}
	return at + "?lang=" + l.Tag
}

const siteDays = 30

func (p *Pages) getSite(r *web.Request) (web.Answer, error) {
	a := r.Actor
	page := sitePage{Page: r.Page("site.title"), Langs: i18n.Public(), Editor: editor(a), Today: a.Today(), Origin: p.Signin.Origin()}
	span := clock.Span{From: a.Today().Add(-siteDays), To: a.Today().Add(1)}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if page.Texts, err = site.TextsOf(r.Context(), tx, a.Area(), a.Unit()); err != nil {
			return err
		}
		if page.Visits, err = site.Visits(r.Context(), tx, a.Area(), a.Unit(), span); err != nil {
			return err
		}
		if page.Asked, err = application.Counts(r.Context(), tx, a, span); err != nil {
			return err
		}
		list, err := site.Gateways(r.Context(), tx)
		for _, g := range list {
			if g.Unit.ID == a.Unit() {
				page.House = g
			}
		}
		return err
	})
	return web.Show(siteView(page)), err
}

// editor tells whether the actor may change what everybody reads.
func editor(a *access.Actor) bool { return a.Role() == access.Coordinator || a.Role() == access.Head }

// siteTextPage is one text in one language, with its versions.
type siteTextPage struct {
	ui.Page
	Draft    site.Draft
	In       *i18n.Lang
	Now      site.Text // what everybody reads
	Versions []siteVersion
	Preview  []site.Block
	Shown    bool // the preview is asked for
	LIX      int  // of the draft, in Swedish; 0 in another language
	Editor   bool
	Example  string // the product's own words, to begin from
	By       string
	Faults   fault.Form
}

// siteVersion is one version and who made it.
type siteVersion struct {
	site.Text
	Who string
}

func (p *Pages) siteText(r *web.Request) (siteTextPage, error) {
	a := r.Actor
	f, lang := site.Field(r.PathValue("field")), r.PathValue("lang")
	if !f.Known() || !i18n.KnownPublic(lang) {
		return siteTextPage{}, fault.Missing
	}
	page := siteTextPage{Page: r.Page("site.field." + string(f)), In: i18n.Get(lang), Editor: editor(a)}
	page.Example = site.Words(site.Standard(page.In, f))
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		list, err := site.Versions(r.Context(), tx, a.Area(), a.Unit(), f, lang)
		if err != nil {
			return err
		}
		for _, t := range list {
			v := siteVersion{Text: t}
			if t.Post != id.Post(0) {
				o, err := org.GetPost(r.Context(), tx, a.Area(), t.Post, a.Now())
				if err != nil {
					return err
				}
				v.Who = o.Name
			}
			page.Versions = append(page.Versions, v)
		}
		return nil
	})
	if len(page.Versions) > 0 {
		page.Now = page.Versions[0].Text
	}
	page.Draft = site.Draft{Field: f, Lang: lang, Words: page.Now.Words, Until: page.Now.Until, Seen: page.Now.No}
	return page, err
}

func (p *Pages) getSiteText(r *web.Request) (web.Answer, error) {
	page, err := p.siteText(r)
	if n := r.URL.Query().Get("version"); n != "" {
		for _, v := range page.Versions {
			if itoa(v.No) == n {
				page.Draft.Words = v.Words
			}
		}
	}
	return web.Show(siteTextView(page.look())), err
}

// look tells how easy the draft is to read.
func (p siteTextPage) look() siteTextPage {
	if p.Draft.Lang == "sv" || p.Draft.Lang == i18n.Easy {
		p.LIX = int(math.Round(i18n.LIX(p.Draft.Words)))
	}
	return p
}

// postSiteText shows how the text would look, or publishes it.
func (p *Pages) postSiteText(r *web.Request) (web.Answer, error) {
	page, err := p.siteText(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Draft.Words, page.Draft.Seen = r.Form.Text("words"), r.Form.Version()
	if page.Draft.Dated() {
		page.Draft.Until = r.Form.Date("until")
	}
	err = r.Form.Faults.Err()
	show := r.Form.Raw("do") == "show"
	if err == nil && !show {
		if err = p.Site.Publish(r.Context(), r.Actor, page.Draft); err == nil {
			return web.Saved(siteTexts, "site.saved"), nil
		}
	}
	return p.siteAgain(page, err, show)
}

// siteAgain shows the page with what was typed: as it would look, with faults, or beside what somebody else published.
func (p *Pages) siteAgain(page siteTextPage, err error, show bool) (web.Answer, error) {
	page.Faults = fault.Fields(err)
	page.Failed = len(page.Faults) > 0
	page.Shown, page.Preview = show, page.Draft.Field.Blocks(page.Draft.Words)
	switch {
	case err == fault.Stale:
		return web.Differs(siteTextView(page.look())), nil
	case page.Failed:
		return web.Again(siteTextView(page.look())), nil
	default:
		return web.Show(siteTextView(page.look())), err
	}
}

func (p *Pages) postSiteReview(r *web.Request) (web.Answer, error) {
	page, err := p.siteText(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.By = r.Form.Line("by")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Site.Review(r.Context(), r.Actor, page.Draft.Field, page.Draft.Lang, r.Form.Version(), page.By)
	}
	if err == nil {
		return web.Saved(siteTexts, "site.reviewed.saved"), nil
	}
	return p.siteAgain(page, err, false)
}
