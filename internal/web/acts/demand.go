package acts

import (
	"sluss/internal/comment"
	"sluss/internal/demand"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/way"
	"sluss/internal/web/ui"
)

// Demands is what is required of the person, and where they say what they think of it.
type Demands struct {
	ui.Page
	way.Demands
	Names org.Names
	Say   func(comment.Thing) string
	At    string // the page where all of it stands, "" for the same
}

// href leads to where one demand stands.
func (v Demands) href(d way.Demand) string { return v.At + "#krav-" + d.ID.String() }

// what is required, as it is said to the person.
func (v Demands) what(l *i18n.Lang, d way.Demand) string {
	if d.Kind == demand.Referral {
		return l.T("demand.own.referral")
	}
	return d.Words
}

// by names who requires something.
func (v Demands) by(d way.Demand) string { return v.L.Apart(d.By) }

// Law names the law something is required by.
func Law(l *i18n.Lang, code, words string) string {
	if code == demand.Other {
		return words
	}
	return l.T("demand.law." + code)
}

// sender names who sent the person here.
func (v Demands) sender(l *i18n.Lang) string {
	o := v.Order
	name := v.Names.Agency(o.Agency)
	for _, u := range v.Names.Units {
		if u.ID == o.Unit && u.ID != 0 {
			name = u.Name
		}
	}
	if name == "" {
		return l.T("demand.own.somebody")
	}
	return l.Apart(name)
}
