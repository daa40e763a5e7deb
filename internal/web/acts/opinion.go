package acts

import (
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/opinion"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Opinion is where the person says what they think of how they are met.
type Opinion struct {
	ui.Page
	At     func(part string) string
	Back   string
	Whom   []ui.Option // those it may be about
	Chosen string      // of them
	Typed  opinion.Form
	Faults fault.Form
}

// Whom are those an opinion may be about: nobody, somebody whose name one does not know, or one of those at the unit whose names are shown.
func Whom(p ui.Page, names org.Names, unit id.Unit) []ui.Option {
	list := []ui.Option{{Value: string(opinion.House), Text: p.L.T("public.opinion.about.house")}, {Value: string(opinion.Somebody), Text: p.L.T("opinion.own.somebody")}}
	for _, o := range names.Posts {
		if o.Unit == unit && unit != 0 && !o.NameHidden {
			list = append(list, ui.Option{Value: o.ID.String(), Text: o.Name})
		}
	}
	return list
}

// Read reads the form into the page.
func (v *Opinion) Read(r *web.Request) error {
	f, whom := r.Form, []string{}
	for _, o := range v.Whom {
		whom = append(whom, o.Value)
	}
	v.Chosen = f.Choice("about", whom...)
	v.Typed = opinion.Form{Kind: opinion.Kind(f.Raw("kind")), About: opinion.About(v.Chosen), Words: opinion.Words{Text: f.Text("words")}}
	var post id.Post
	if known := v.Chosen == string(opinion.House) || v.Chosen == string(opinion.Somebody); !known && post.UnmarshalText([]byte(v.Chosen)) == nil {
		v.Typed.About, v.Typed.Post = opinion.Somebody, post
	}
	return f.Faults.Err()
}

func (v Opinion) kinds() (list []ui.Option) {
	for _, k := range opinion.Kinds {
		list = append(list, ui.Option{Value: string(k), Text: v.L.T("public.opinion.kind." + string(k))})
	}
	return list
}
