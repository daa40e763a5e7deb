package staff

import (
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/web"
	"sluss/internal/web/hours"
	"sluss/internal/web/ui"
)

func (p *Pages) postExtent(r *web.Request) (web.Answer, error) {
	e := place.Extent{From: r.Form.Date("extentfrom"), Words: r.Form.Line("words")}
	for name, n := range map[string]*int{"days": &e.Days, "hours": &e.Hours, "percent": &e.Percent} {
		if r.Form.Raw(name) != "" {
			*n = r.Form.Int(name, 0, place.MostPercent)
		}
	}
	return p.changePlace(r, "place.saved.extent", func(who id.Person, k place.ID) error {
		return p.Place.Extend(r.Context(), r.Actor, who, k, r.Form.Version(), e)
	})
}

func (p *Pages) postPlaceUnclear(r *web.Request) (web.Answer, error) {
	unclear := r.Form.Choice("do", "unclear", "clear") == "unclear"
	saved := "place.saved.unclear"
	if !unclear {
		saved = "form.saved"
	}
	return p.changePlace(r, saved, func(who id.Person, k place.ID) error {
		return p.Place.Unclear(r.Context(), r.Actor, who, k, r.Form.Version(), unclear)
	})
}

// extent is one of the numbers of the form.
func (p placesPage) extent(name string) ui.Field {
	f := p.at(name)
	f.Type, f.Width = "number", "short"
	return f
}

// extents are all that was ever said of how much the place is, the last first.
func (p placesPage) extents() []string {
	var list []string
	for _, e := range p.Extent[p.One.ID] {
		list = append(list, p.L.T("place.extent.line", hours.Extent(p.L, e), e.From, e.At.Date()))
	}
	return list
}

// placeLines ask the coach to talk with those who do not see the thread in what they take part in, and with those who have wished for
// something themselves.
func (m *morning) placeLines(r *web.Request) (list []todo) {
	for _, x := range m.spoken {
		key := "place.today.unclear"
		if x.Wish {
			key = "place.today.wish"
		}
		list = append(list, todo{since: x.Since, line: line(x.Person, x.Name, r.L.T(key), "",
			ui.Button{Text: r.L.T("place.today.talk"), Href: personPath(x.Person, "/aktiviteter/"+x.ID.String()), Variant: "secondary", Size: "sm",
				Label: r.L.List(r.L.T("place.today.talk"), x.Name)})})
	}
	return list
}
