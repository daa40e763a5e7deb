package public

import (
	"strconv"

	"github.com/a-h/templ"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/site"
	"sluss/internal/web"
)

// core is where the one page in each further language is, before the language's tag.
const core = "/sprak/"

// spoken says, in the address of a form, which language one speaks.
const spoken = "talar"

// corePage is the one page of a gateway in a language that the rest of its pages are not in. Its frame is in Swedish.
type corePage struct {
	frontPage
	In *i18n.Lang
}

// coresPage leads to that page of each gateway.
type coresPage struct {
	choosePage
	In *i18n.Lang
}

// said is a text in one language, or visibly in Swedish.
type said struct {
	Text string
	L    *i18n.Lang
}

// say gives the text in the language, else in Swedish and in no third language.
func say(l *i18n.Lang, key string, args ...any) said {
	if !l.Says(key) {
		l = i18n.Get("sv")
	}
	return said{l.T(key, args...), l}
}

// mark says which language the text is in.
func (s said) mark() templ.Attributes { return templ.Attributes{"lang": s.L.Tag, "dir": s.L.Dir} }

// fact gives what is true of this gateway alone: its own words, in Swedish, else the product's.
func (p corePage) fact(f site.Field) (list []said) {
	if t := p.texts.Get(f, "sv"); t.Words != "" {
		for _, b := range f.Blocks(t.Words) {
			list = append(list, said{b.Body, i18n.Get("sv")})
		}
		return list
	}
	return append(list, say(p.In, "public."+string(f)+".1.body"))
}

// inLanguage gives the language of the address. The page around it is in Swedish, whatever its reader has chosen before.
func inLanguage(r *web.Request) (*i18n.Lang, error) {
	tag := r.PathValue("lang")
	if !i18n.KnownCore(tag) {
		return nil, fault.Missing
	}
	r.L = i18n.Get("sv")
	return i18n.Get(tag), nil
}

func (p *Pages) getCore(r *web.Request) (web.Answer, error) {
	in, err := inLanguage(r)
	if err != nil {
		return web.Answer{}, err
	}
	x := corePage{In: in}
	if x.frontPage, err = p.front(r); err != nil {
		return web.Answer{}, err
	}
	x.Page.In, x.Path, x.Title = in.Tag, x.at(""), say(in, "public.title.1.head").Text
	p.Site.Visit(x.House, "core", in.Tag)
	return web.Show(coreView(x)), nil
}

// getCores is the page of the only gateway, or the choice among several.
func (p *Pages) getCores(r *web.Request) (web.Answer, error) {
	in, err := inLanguage(r)
	if err != nil {
		return web.Answer{}, err
	}
	x := coresPage{In: in}
	if x.choosePage, err = p.gateways(r); err != nil {
		return web.Answer{}, err
	}
	if len(x.Gateways) == 1 {
		r.SetPathValue("gateway", x.Gateways[0].House.Short)
		return p.getCore(r)
	}
	x.Page.In, x.Path, x.Title = in.Tag, "/", say(in, "public.title.1.head").Text
	return web.Show(coresView(x)), nil
}

// step is one of the steps in.
type step struct{ Head, Body said }

const stepsIn = 3

func (p corePage) stepsIn() (list []step) {
	for n := 1; n <= stepsIn; n++ {
		key := "public.in." + strconv.Itoa(n)
		list = append(list, step{say(p.In, key+".head"), say(p.In, key+".body")})
	}
	return list
}

// answered are the questions that the page answers: what it costs, whether there is an interpreter, whether one may bring somebody.
func (p corePage) answered() (list []step) {
	for _, n := range []string{"1", "4", "5"} {
		key := "public.questions." + n
		list = append(list, step{say(p.In, key+".head"), say(p.In, key+".body")})
	}
	return list
}
