package staff

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// turnsShown is how many turns the form has room for.
const turnsShown = 3

// runPage is the form of a run, with what it would be and what clashes.
type runPage struct {
	ui.Page
	F       map[string]string // what stands in the fields
	Leaders map[int][]string  // of each turn
	Types   []activity.Type   // those that run
	Posts   []org.Post        // who can lead
	Rooms   []org.Room
	Found   []schedule.Turn // suggestions
	Looked  bool            // suggestions were asked for
	Clashes []string        // in words
	Away    []clock.Date    // days that fall away
	N       int             // occasions it would make; 0 when nobody has asked
	Names   org.Names
	Faults  fault.Form
}

func (p *Pages) getRun(r *web.Request) (web.Answer, error) {
	page, err := p.runPage(r)
	today := r.Actor.Today()
	page.F = map[string]string{"activity": r.URL.Query().Get("aktivitet"), "entry": string(schedule.Rolling), "from": string(schedule.Week(today.Add(7))),
		"to": string(schedule.Week(today.Add(7)).Add(6*7 - 3)), "weeks": "6", "places": "8", "length": "120"}
	return web.Show(runView(page)), err
}

func (p *Pages) runPage(r *web.Request) (page runPage, err error) {
	page = runPage{Page: r.Page("schedule.plan"), Leaders: map[int][]string{}}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.Rooms = page.Names.Rooms
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		types, err := activity.All(r.Context(), tx, r.Actor)
		if err != nil {
			return err
		}
		page.Types = slices.DeleteFunc(types, func(t activity.Type) bool { return t.State != activity.Runs })
		page.Posts, err = activity.Leading(r.Context(), tx, r.Actor)
		return err
	})
	return page, err
}

// typedRun is a run as it was typed.
type typedRun struct {
	schedule.Run
	turns  []schedule.Turn
	length int
}

// postRun plans a run; or tells what clashes, or finds free times, without planning anything.
func (p *Pages) postRun(r *web.Request) (web.Answer, error) {
	x := readRun(r)
	switch {
	case r.Form.Raw("take") != "":
		page, err := p.runAgain(r)
		return web.Show(runView(page)), err
	case r.Form.Raw("do") == "find":
		return p.findRun(r, x)
	case r.Form.Raw("do") == "try":
		return p.tryRun(r, x)
	}
	err := r.Form.Faults.Err()
	if err == nil {
		_, err = p.Schedule.Plan(r.Context(), r.Actor, x.Run, x.turns)
	}
	var clashing *schedule.Clashing
	faults := fault.Fields(err)
	if faults == nil && !errors.As(err, &clashing) {
		return web.Saved(schedules+"?vecka="+string(x.From), "schedule.planned"), err
	}
	page, err := p.runAgain(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Faults, page.Failed = faults, true
	if clashing != nil {
		if page.Clashes, err = p.clashWords(r, clashing.Clashes); err != nil {
			return web.Answer{}, err
		}
		page.Faults = fault.Form{fault.New(fault.Conflict, "schedule.clash")}
		return web.Differs(runView(page)), nil
	}
	return web.Again(runView(page)), nil
}

func (p *Pages) tryRun(r *web.Request, x typedRun) (web.Answer, error) {
	page, err := p.runAgain(r)
	if err != nil {
		return web.Answer{}, err
	}
	d, err := schedule.Draft{}, r.Form.Faults.Err()
	if err == nil {
		d, err = p.Schedule.Try(r.Context(), r.Actor, x.Run, x.turns)
	}
	if faults := fault.Fields(err); faults != nil {
		page.Faults, page.Failed = faults, true
		return web.Again(runView(page)), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	page.N, page.Away = len(d.Occasions), d.Away
	page.Clashes, err = p.clashWords(r, d.Clashes)
	return web.Show(runView(page)), err
}

// findRun suggests turns where a room and leaders are free every time.
func (p *Pages) findRun(r *web.Request, x typedRun) (web.Answer, error) {
	page, err := p.runAgain(r)
	if err != nil {
		return web.Answer{}, err
	}
	if x.From == "" || x.To <= x.From || x.Activity == 0 || x.To > x.From.Add(schedule.MostDays) || x.length == 0 {
		page.Faults, page.Failed = fault.Form{{Kind: fault.Invalid, Key: "schedule.find.needs", Field: "activity"}}, true
		return web.Again(runView(page)), nil
	}
	page.Looked = true
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		h, err := schedule.Enter(r.Context(), tx, r.Actor, clock.Span{From: x.From, To: x.To})
		if err == nil {
			page.Found = h.Find(x.Run, x.length, 0)
		}
		return err
	})
	return web.Show(runView(page)), err
}

// runAgain is the page with what was typed; a suggestion that was taken stands in the first empty turn.
func (p *Pages) runAgain(r *web.Request) (runPage, error) {
	page, err := p.runPage(r)
	page.F = map[string]string{}
	for _, f := range []string{"activity", "entry", "from", "to", "weeks", "places", "length"} {
		page.F[f] = r.Form.Raw(f)
	}
	n := 0
	for i := 1; i <= turnsShown; i++ {
		if r.Form.Raw("weekday"+strconv.Itoa(i)) == "" {
			continue
		}
		n++
		for _, f := range []string{"week", "weekday", "at", "until", "room"} {
			page.F[f+strconv.Itoa(n)] = r.Form.Raw(f + strconv.Itoa(i))
		}
		page.Leaders[n] = r.Form.All("leaders" + strconv.Itoa(i))
	}
	if taken := strings.Split(r.Form.Raw("take"), "|"); len(taken) == 5 && n < turnsShown {
		end := strconv.Itoa(n + 1)
		page.F["weekday"+end], page.F["at"+end], page.F["until"+end], page.F["room"+end] = taken[0], taken[1], taken[2], taken[3]
		page.Leaders[n+1] = strings.Fields(taken[4])
	}
	return page, err
}

// taking is a suggestion as a button sends it.
func taking(t schedule.Turn) string {
	posts := make([]string, len(t.Leaders))
	for i, p := range t.Leaders {
		posts[i] = p.String()
	}
	return strings.Join([]string{strconv.Itoa(int(t.Weekday)), string(t.At), string(t.Until), strconv.FormatInt(t.Room, 10), strings.Join(posts, " ")}, "|")
}

func readRun(r *web.Request) (x typedRun) {
	f := r.Form
	if f.Raw("activity") != "" && x.Activity.UnmarshalText([]byte(f.Raw("activity"))) != nil {
		f.Faults.Add("activity", "form.choose")
	}
	x.Entry = schedule.Entry(f.Raw("entry"))
	x.From = f.Date("from")
	if last := f.Date("to"); last != "" {
		x.To = last.Add(1)
	}
	x.Weeks, x.Places = f.Int("weeks", 1, schedule.MostWeeks), f.Int("places", 1, activity.MostSize)
	x.length = 0
	if f.Raw("do") == "find" {
		x.length = f.Int("length", 30, 480)
	}
	n := 0
	for i := 1; i <= turnsShown; i++ {
		if f.Raw("weekday"+strconv.Itoa(i)) != "" {
			n++
			x.turns = append(x.turns, readTurn(f, i, n))
		}
	}
	return x
}

// readTurn reads the i:th turn of the form, which is shown as the n:th when the form comes again.
func readTurn(f *web.Form, i, n int) (t schedule.Turn) {
	end := strconv.Itoa(i)
	before := len(f.Faults)
	t.Weekday = time.Weekday(f.Int("weekday"+end, 1, 5))
	t.Week, _ = strconv.Atoi(f.Raw("week" + end))
	t.At, t.Until = f.Time("at"+end), f.Time("until"+end)
	t.Room = readRoomID(f, "room"+end)
	t.Leaders = readPosts(f, "leaders"+end)
	for _, x := range f.Faults[before:] {
		x.Field = strings.TrimSuffix(x.Field, end) + strconv.Itoa(n)
	}
	return t
}

// readRoomID reads which room was chosen; 0 for none.
func readRoomID(f *web.Form, name string) int64 {
	room, err := strconv.ParseInt(f.Raw(name), 10, 64)
	if err != nil || room < 0 {
		f.Faults.Add(name, "form.choose")
	}
	return room
}

// readPosts reads the colleagues that are marked.
func readPosts(f *web.Form, name string) (list []id.Post) {
	for _, v := range f.All(name) {
		var p id.Post
		if p.UnmarshalText([]byte(v)) != nil {
			f.Faults.Add(name, "form.choose")
		} else if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// clashWords tells what clashes, each thing once with the days it does.
func (p *Pages) clashWords(r *web.Request, clashes []schedule.Clash) ([]string, error) {
	n, err := p.names(r)
	if err != nil {
		return nil, err
	}
	var types []activity.Type
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		types, err = activity.All(r.Context(), tx, r.Actor)
		return err
	})
	var said []string
	days := map[string][]string{}
	for _, c := range clashes {
		s := clashSaid(r.L, n, types, c)
		if len(days[s]) == 0 {
			said = append(said, s)
		}
		days[s] = append(days[s], r.L.Short(c.On))
	}
	for i, s := range said {
		said[i] = r.L.T("schedule.clash.on", s, r.L.List(days[s][:min(len(days[s]), 8)]...))
		if more := len(days[s]) - 8; more > 0 {
			said[i] += " " + r.L.T("schedule.clash.more", more)
		}
	}
	return said, err
}

// clashSaid is one clash in words, without its day.
func clashSaid(l *i18n.Lang, n org.Names, types []activity.Type, c schedule.Clash) string {
	what := n.Room(c.Room)
	if c.Post != 0 {
		what = postName(l, n, c.Post)
	}
	other := l.T("schedule.clash.meeting")
	if i := slices.IndexFunc(types, func(t activity.Type) bool { return t.ID == c.Other }); i >= 0 {
		other = types[i].In(l.Tag).Name
	}
	if c.Kind == schedule.PersonTaken {
		return l.T("schedule.clash.person", c.People, other, l.Times(c.At, c.Until))
	}
	return l.T("schedule.clash."+string(c.Kind), what, other, l.Times(c.At, c.Until))
}

// at gives a field of the form.
func (p runPage) at(name string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T("schedule." + name), Value: p.F[name], Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has("schedule." + name + ".good") {
		f.Good = p.L.T("schedule." + name + ".good")
	}
	return f
}

// of gives a field of the n:th turn.
func (p runPage) of(name string, n int) ui.Field {
	end := strconv.Itoa(n)
	f := ui.Field{Name: name + end, Label: p.L.T("schedule.turn." + name), Value: p.F[name+end], Error: ui.Fault(p.L, p.Faults, name+end)}
	if name == "leaders" {
		f.Values = p.Leaders[n]
	}
	return f
}

func (p runPage) activities() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, t := range p.Types {
		list = append(list, ui.Option{Value: t.ID.String(), Text: t.In(p.L.Tag).Name})
	}
	return list
}

func (p runPage) weekOptions() []ui.Option {
	list := []ui.Option{{Value: "0", Text: p.L.T("schedule.turn.every")}}
	for w := 1; w <= schedule.MostWeeks; w++ {
		list = append(list, ui.Option{Value: strconv.Itoa(w), Text: p.L.T("schedule.turn.week.n", w)})
	}
	return list
}

func (p runPage) weekdays() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("schedule.turn.none")}}
	for d := 1; d <= 5; d++ {
		list = append(list, ui.Option{Value: strconv.Itoa(d), Text: p.L.Weekday(d)})
	}
	return list
}

func roomChoices(l *i18n.Lang, rooms []org.Room) []ui.Option {
	list := []ui.Option{{Value: "0", Text: l.T("schedule.room.elsewhere")}}
	for _, r := range rooms {
		list = append(list, ui.Option{Value: strconv.FormatInt(r.ID, 10), Text: l.T("schedule.room.seats", r.Name, r.Seats)})
	}
	return list
}

func postOptions(posts []org.Post) []ui.Option {
	list := make([]ui.Option, len(posts))
	for i, x := range posts {
		list[i] = ui.Option{Value: x.ID.String(), Text: x.Name}
	}
	return list
}

// found is a suggestion in words.
func (p runPage) found(t schedule.Turn) string {
	return p.L.List(i18n.Capital(p.L.Weekdays(int(t.Weekday)))+" "+p.L.Times(t.At, t.Until), p.Names.Room(t.Room), leaders(p.L, p.Names, t.Leaders))
}
