// Package readlog shows who has read about somebody: to the person themself, and to them and staff together at the table.
package readlog

import (
	"net/url"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/reading"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// View is what the page shows.
type View struct {
	ui.Page
	Log   reading.Log
	Asked reading.Page
	Path  string                    // of the page itself
	Table bool                      // read together, on a page of one column
	Ask   func(reading.Line) string // where one asks about a line; nil where one does not
}

// Asked reads from the address which page is asked for.
func Asked(r *web.Request) (p reading.Page, err error) {
	q := r.URL.Query()
	if day := q.Get("fore"); day != "" {
		if p.Before, err = clock.ParseDate(day); err != nil {
			return p, fault.Missing
		}
	}
	if unit := q.Get("enhet"); unit != "" {
		var u id.Unit
		if u.UnmarshalText([]byte(unit)) != nil {
			return p, fault.Missing
		}
		p.Unit = u
	}
	p.Paper = q.Get("papper") != ""
	return p, nil
}

func (v View) columns() string {
	if v.Table {
		return "cols one"
	}
	return "cols"
}

// href is the page with other choices.
func (v View) href(p reading.Page) string {
	q := url.Values{}
	if p.Before != "" {
		q.Set("fore", string(p.Before))
	}
	if p.Unit != 0 {
		q.Set("enhet", p.Unit.String())
	}
	if p.Paper {
		q.Set("papper", "ja")
	}
	if e := q.Encode(); e != "" {
		return v.Path + "?" + e
	}
	return v.Path
}

func (v View) older() string { return v.href(reading.Page{Before: v.Log.Older, Unit: v.Asked.Unit}) }

func (v View) newest() string { return v.href(reading.Page{Unit: v.Asked.Unit}) }

func (v View) paper() string { return v.href(reading.Page{Unit: v.Asked.Unit, Paper: true}) }

func (v View) at(u id.Unit) string { return v.href(reading.Page{Unit: u}) }

// times says when on the day the line's acts were.
func times(l *i18n.Lang, line reading.Line) string {
	var all []clock.Instant
	for _, a := range line.Acts {
		if !a.List {
			all = append(all, a.At...)
		}
	}
	if len(all) == 0 {
		return ""
	}
	first, last := slices.Min(all).LocalTime(), slices.Max(all).LocalTime()
	if first == last {
		return l.Time(first)
	}
	return l.Times(first, last)
}

// rights are the rights of a line's acts, each once; that of an emergency stands out.
func rights(l *i18n.Lang, line reading.Line) (list []ui.Tag) {
	for _, a := range line.Acts {
		tag := ui.Tag{Kind: "line", Icon: "briefcase", Text: a.Right(l)}
		if a.Ground == access.ByGlass {
			tag.Kind, tag.Icon = "now", "eye"
		}
		if !slices.Contains(list, tag) {
			list = append(list, tag)
		}
	}
	return list
}
