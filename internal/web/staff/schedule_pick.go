package staff

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
)

// picked is an occasion that is picked up in the week to be put down in another part of it, and where it fits. Nothing is moved by that: it
// leads to the form that moves it, where one says why.
type picked struct {
	Picked *schedule.Occasion // nil for none
	spots  map[clock.Date][]schedule.Spot
}

// dayParts are the parts of a day that the week's table has.
func dayParts() (list []schedule.Span) {
	for n, at := range bands {
		list = append(list, schedule.Span{At: at, Until: bandEnd(n)})
	}
	return list
}

// pick reads what the address says is picked up, and where it fits in a week. What can no longer be moved is not picked up.
func (page *schedulePage) pick(r *web.Request, tx *store.Tx, monday clock.Date) error {
	var k schedule.OccasionID
	page.picked = picked{}
	if k.UnmarshalText([]byte(r.URL.Query().Get("flytta"))) != nil {
		return nil
	}
	o, err := schedule.Get(r.Context(), tx, r.Actor, k)
	if err != nil || !page.movable(o) {
		return err
	}
	page.Picked = &o
	page.spots, err = schedule.Spots(r.Context(), tx, r.Actor, o, clock.Span{From: monday, To: monday.Add(5)}, dayParts())
	return err
}

// movable tells whether the reader can move an occasion.
func (p schedulePage) movable(o schedule.Occasion) bool {
	return p.Change && o.State == schedule.Planned && o.On >= p.Today
}

// spot is where in the n:th part of a day what is picked up could be; nil when nothing is, and where it is already.
func (p schedulePage) spot(on clock.Date, n int) *schedule.Spot {
	if n >= len(p.spots[on]) {
		return nil
	}
	if s := &p.spots[on][n]; s.At != "" && (on != p.Picked.On || s.At != p.Picked.At) {
		return s
	}
	return nil
}

// openDays are the days of the week that something can be moved to, with a - for each that has been.
func (p schedulePage) openDays() string {
	var list []string
	for n := range 5 {
		if on := p.Monday.Add(n); on >= p.Today {
			list = append(list, string(on))
		} else {
			list = append(list, "-")
		}
	}
	return strings.Join(list, " ")
}

func (p schedulePage) pickHref(o schedule.Occasion) string {
	return schedules + "?" + url.Values{"vecka": {string(p.Monday)}, "flytta": {o.ID.String()}}.Encode()
}

// putHref leads to the form that moves what is picked up, filled in.
func (p schedulePage) putHref(on clock.Date, n int) string {
	return occasionHref(p.Picked.ID) + "?" + url.Values{"dag": {string(on)}, "del": {strconv.Itoa(n)}}.Encode()
}

// standsInTheWay is one clash in words.
func (p schedulePage) standsInTheWay(c schedule.Clash) string {
	if c.Kind == schedule.HouseClosed {
		return cmp.Or(p.shut(c.On), p.L.T("schedule.put.shut"))
	}
	return strings.TrimRight(clashSaid(p.L, p.Names, slices.Collect(maps.Values(p.Types)), c), ":") + "."
}

// put fills in the form that moves an occasion, when the address says where it was put down: nothing is moved yet.
func (p *Pages) put(r *web.Request, page *occasionPage) error {
	on, err := clock.ParseDate(r.URL.Query().Get("dag"))
	n, odd := strconv.Atoi(r.URL.Query().Get("del"))
	if !page.Change || err != nil || odd != nil || n < 0 || n >= len(bands) || on < page.Today || on > page.Today.Add(schedule.MostDays) {
		return nil
	}
	var found map[clock.Date][]schedule.Spot
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		found, err = schedule.Spots(r.Context(), tx, r.Actor, page.Occasion, clock.Span{From: on, To: on.Add(1)}, dayParts()[n:n+1])
		return err
	})
	if err != nil {
		return err
	}
	s := found[on][0]
	page.Put = r.L.T("schedule.put.here", r.L.Day(on), r.L.Times(s.At, s.Until))
	page.F["on"], page.F["at"], page.F["until"] = string(on), string(s.At), string(s.Until)
	page.Clashes, err = p.clashWords(r, s.Clashes)
	return err
}
