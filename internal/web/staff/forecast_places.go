package staff

import (
	"slices"
	"strings"

	"sluss/internal/activity"
	"sluss/internal/forecast"
	"sluss/internal/web/ui"
)

// mostSaid is how many activities are told in words of whom a change leaves waiting.
const mostSaid = 4

// places writes what may come of the activities: a table of all, and pictures of those that one asks about first.
func (v aheadView) places(page *forecastPage) {
	p := v.then.Places
	switch {
	case len(p.List) == 0:
		return
	case p.TooFew != "":
		page.PlacesFew = v.L.T(p.TooFew)
		return
	}
	page.Places, page.PlacesSay = v.placeTable(), v.L.T("ahead.places.lede", v.months(v.year()))
	for _, a := range p.List {
		taken, _, waiting := a.Lines() // what is free stands in the table: it is the rest of what is taken
		id := "a-" + a.ID.String()
		list := []future{v.future(waiting, id+"-vantar"), v.future(taken, id+"-plats")}
		if len(a.Shared.Units) > 0 {
			list = append(list, v.future(a.Led(), id+"-handleds"))
		}
		switch {
		case a.One() && a.State == activity.Runs || v.asked(a):
			page.PlacesFirst = append(page.PlacesFirst, list...)
		case a.State == activity.Runs:
			page.PlacesMore = append(page.PlacesMore, list...)
		case a.Waiting > 0:
			page.PlacesMore = append(page.PlacesMore, list[0])
		}
	}
}

// asked tells whether one of the two futures does something with an activity.
func (v aheadView) asked(a forecast.Activity) bool {
	return slices.ContainsFunc([]forecast.Forecast{v.now, v.then}, func(f forecast.Forecast) bool {
		open, led := f.Places.Get(f.Scenario.Open), f.Places.Led(f.Scenario)
		return open != nil && open.ID == a.ID || led != nil && led.ID == a.ID
	})
}

// placeTable is all activities: the places of today, and what half of the futures lie between in a year.
func (v aheadView) placeTable() ui.Table {
	l, year := v.L, v.year()
	t := ui.Table{Caption: l.T("ahead.places.caption", v.months(year)), Hidden: true, Stack: true, Cols: []ui.Col{{Text: l.T("ahead.col.activity")}}}
	col := func(text string) { t.Cols = append(t.Cols, ui.Col{Text: text, Short: text, Num: true}) }
	col(l.T("ahead.col.places"))
	col(l.T("ahead.col.waiting"))
	list := []forecast.Forecast{v.then}
	if v.changed() {
		list = []forecast.Forecast{v.now, v.then}
	}
	for i := range list {
		name := ""
		if len(list) > 1 {
			name = v.nameOf(i) + ": "
		}
		col(name + l.T("ahead.col.free.then", v.months(year)))
		col(name + l.T("ahead.col.waiting.then", v.months(year)))
	}
	for _, a := range v.then.Places.List {
		taken, free, waiting := a.Lines()
		if a.State != activity.Runs && a.Waiting+a.Held == 0 && !v.asked(a) && whole(v.then.Lines[waiting].At(year)[3]) == 0 {
			continue // it rests, and nobody asks for it
		}
		row := ui.Row{Cells: []ui.Cell{{Text: a.In(l.Tag).Name, Sub: v.placeNote(a)}, ui.T(v.held(a)), ui.T(l.Number(a.Waiting))}}
		for _, f := range list {
			cell := ui.T(v.between(f.Lines[free], year))
			if f.Lines[free].At(year)[4] == 0 && f.Lines[taken].At(year)[4] == 0 {
				cell = ui.T(l.T("ahead.rests"))
			}
			row.Cells = append(row.Cells, cell, ui.T(v.between(f.Lines[waiting], year)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// held is how many have a place today, and of how many; of what rests, those who still have one.
func (v aheadView) held(a forecast.Activity) string {
	if a.Places == 0 {
		return v.L.Number(a.Held)
	}
	return v.L.T("ahead.of", a.Held, a.Places)
}

// placeNote is what is good to know about an activity in the table.
func (v aheadView) placeNote(a forecast.Activity) string {
	switch {
	case a.State != activity.Runs:
		return v.L.T("activity.state." + string(a.State))
	case len(a.Shared.Units) > 0:
		return v.L.T("ahead.one.shared", a.Caseload, sharedWith(a), a.Shared.Held)
	case a.One():
		return v.L.T("ahead.one", a.Caseload)
	}
	return ""
}

// sharedWith names the units that those who lead an activity have people of their own at too.
func sharedWith(a forecast.Activity) string {
	var names []string
	for _, u := range a.Shared.Units {
		names = append(names, u.Name)
	}
	return strings.Join(names, ", ")
}

// placeName is the heading of an activity's picture.
func (v aheadView) placeName(what, named string) string {
	name := ""
	if a := v.then.Places.Get(named); a != nil {
		name = a.In(v.L.Tag).Name
	}
	switch what {
	case "taken":
		return v.L.T("ahead.line.taken", name)
	case "led":
		return v.L.T("ahead.line.led", name)
	case "free":
		return v.L.T("ahead.line.free", name)
	}
	return v.L.T("ahead.line.waiting", name)
}

// placeCosts is what the change does to those who wait for a place: the most first.
func (v aheadView) placeCosts() (list []string) {
	type more struct {
		name string
		n    int
	}
	var all []more
	year := v.year()
	for _, a := range v.then.Places.List {
		_, _, waiting := a.Lines()
		if now, ok := v.now.Lines[waiting]; ok {
			if n := whole(v.then.Lines[waiting].At(year)[2]) - whole(now.At(year)[2]); n != 0 {
				all = append(all, more{a.In(v.L.Tag).Name, n})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b more) int { return max(b.n, -b.n) - max(a.n, -a.n) })
	for _, x := range all[:min(mostSaid, len(all))] {
		if x.n > 0 {
			list = append(list, v.L.T("ahead.cost.more", v.months(year), x.n, x.name))
		} else {
			list = append(list, v.L.T("ahead.cost.fewer", v.months(year), -x.n, x.name))
		}
	}
	return list
}

// placesAssumed is what the places rest on, in words.
func (v aheadView) placesAssumed() []string {
	p, l := v.then.Places, v.L
	if len(p.List) == 0 || p.TooFew != "" {
		return nil
	}
	few := 0
	for _, a := range p.List {
		if a.Asked < 10 {
			few++
		}
	}
	list := []string{l.T("ahead.assume.data", p.From, v.then.From, p.Asked, p.Had), l.T("ahead.assume.quick", p.Quick)}
	if few > 0 {
		list = append(list, l.T("ahead.assume.few", few, len(p.List)))
	}
	for _, a := range p.List {
		if len(a.Shared.Units) > 0 {
			list = append(list, l.T("ahead.assume.shared", a.In(l.Tag).Name, sharedWith(a), a.Places))
		}
	}
	return append(list, l.T("ahead.assume.places"), l.T("ahead.assume.exits"), l.T("ahead.assume.units"),
		l.T("ahead.assume.hours", int(forecast.HoursPerWeek), l.Decimal(forecast.HoursPerHour), int(forecast.HoursPerCoach)))
}
