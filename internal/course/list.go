package course

import (
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/sheet"
	"sluss/internal/store"
)

// Headings are what the columns of a list of courses are called. Each but the title and who gives it may be left out. A text in another
// language has the language after the heading, as "kostnad arabiska".
var Headings = inLanguages(sheet.Headings{
	"title": {"kurs", "kursnamn", "namn", "course"}, "giver": {"ges av", "anordnare", "skola", "given by"}, "kind": {"slag", "typ"}, "place": {"var", "plats", "ort"},
	"length": {"längd", "omfattning"}, "starts": {"börjar", "start", "startdatum"}, "level": {"svenska", "nivå", "förkunskaper"}, "leads": {"leder till"},
	"cost": {"kostnad", "kostar", "cost"}, "link": {"länk", "webb", "url"}, "occupations": {"yrken", "yrke", "ssyk", "yrkeskod"},
	"weeks": {"veckor", "antal veckor", "weeks"}, "days": {"dagar i veckan", "dagar per vecka"}, "free": {"gratis", "kostar inget", "free"},
})

// languages are what a heading may call a language.
var languages = map[string][]string{i18n.Easy: {"lätt svenska", "lättläst"}, "en": {"engelska", "english", "en"}, "ar": {"arabiska", "arabic", "ar"}}

func inLanguages(h sheet.Headings) sheet.Headings {
	for _, lang := range TellsIn {
		for _, name := range Fields {
			for _, heading := range h[name] {
				for _, l := range languages[lang] {
					h[name+"_"+lang] = append(h[name+"_"+lang], heading+" "+l)
				}
			}
		}
	}
	return h
}

// freely are the words for whether a course costs nothing.
var freely = map[string]bool{"": false, "nej": false, "no": false, "0": false, "ja": true, "yes": true, "x": true, "1": true}

var kinds = map[string]Kind{"": Education, "utbildning": Education, "education": Education, "kurs": Education, "prova": Taster, "provapa": Taster, "taster": Taster}

// List is a list of courses as its file gives it, read and not yet saved.
type List struct {
	Rows    int
	Courses []Course // Ways are the occupations, by their four-digit code
	Refused []Refused
	Unused  []string // headings that are not known here

	rows  []int
	codes [][]string
	has   map[string]int // the columns that the file has
}

// ReadList reads a list of courses, csv or xlsx. A row that cannot be used is among Refused with why. An error is a file without such a
// list.
func ReadList(content io.ReaderAt, size int64, name string) (List, error) {
	var l List
	r, err := sheet.Read(content, size, name, sheet.Options{MaxRows: 5_000})
	if err != nil {
		return l, err
	}
	heading, err := r.Heading(Headings.Known)
	if err != nil {
		return l, err
	}
	at, unused := Headings.Columns(heading.Cells)
	l.has = at
	if l.Unused = unused; !has(at, "title") || !has(at, "giver") {
		return l, fault.New(fault.Invalid, "course.list.heading")
	}
	seen := map[string]bool{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return l, err
		}
		l.Rows++
		l.take(row, at, seen)
	}
}

func has(at map[string]int, name string) bool {
	_, ok := at[name]
	return ok
}

func (l *List) take(row sheet.Row, at map[string]int, seen map[string]bool) {
	cell := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(row.Cell(i))
		}
		return ""
	}
	refuse := func(key, value string) {
		l.Refused = append(l.Refused, Refused{Row: row.Number, Key: key, Value: value})
	}
	kind, known := kinds[sheet.Fold(cell("kind"))]
	c := Course{Kind: kind}
	for name, text := range c.texts() {
		*text = cell(name)
	}
	c.Link = cell("link")
	weeks, odd := whole(cell("weeks"), "")
	days, odd := whole(cell("days"), odd)
	free, clear := freely[sheet.Fold(cell("free"))]
	c.Weeks, c.Days, c.Free, c.Others = weeks, days, free, map[string]Told{}
	for _, lang := range TellsIn {
		var t Told
		for _, name := range Fields {
			*t.At(name) = cell(name + "_" + lang)
		}
		c.Others[lang] = t
	}
	codes := strings.FieldsFunc(cell("occupations"), func(r rune) bool { return strings.ContainsRune(" ,;/", r) })
	wrong := slices.IndexFunc(codes, func(s string) bool { return !ssykCodes.MatchString(s) })
	form := fault.Fields(c.check())
	switch {
	case !known:
		refuse("course.list.kind", cell("kind"))
	case odd != "":
		refuse("course.list.number", odd)
	case !clear:
		refuse("course.list.free", cell("free"))
	case len(form) > 0 && c.field(form[0].Field) == nil:
		refuse("course.list.number", cell(form[0].Field))
	case len(form) > 0 && *c.field(form[0].Field) != "" && form[0].Field != "link":
		refuse("course.list.long", *c.field(form[0].Field))
	case len(form) > 0:
		refuse("course.list."+form[0].Field, *c.field(form[0].Field))
	case wrong >= 0:
		refuse("course.row.ssyk", codes[wrong])
	case seen[c.called()]:
		refuse("course.list.twice", c.Title)
	default:
		seen[c.called()] = true
		l.Courses, l.rows, l.codes = append(l.Courses, c), append(l.rows, row.Number), append(l.codes, codes)
	}
}

// whole reads a number; odd is what stood where none can be read, here or before.
func whole(s, before string) (n int, odd string) {
	if s == "" {
		return 0, before
	}
	n, err := strconv.Atoi(s)
	if err != nil && before == "" {
		before = s
	}
	return n, before
}

// field is a field of free text in one of the languages, or the link; nil for a number.
func (c *Course) field(name string) *string {
	if name == "link" {
		return &c.Link
	}
	if name, lang, ok := strings.Cut(name, "_"); ok {
		t := c.Others[lang]
		return t.At(name)
	}
	return c.texts()[name]
}

// keep keeps what is told of the course here and the file has no column for, where it still says what the Swedish does: a text in
// another language whose Swedish is the same, and the numbers beside a length and a cost that are.
func (c *Course) keep(here Course, columns map[string]int) {
	for _, lang := range TellsIn {
		t, old := c.Others[lang], here.Others[lang]
		for _, name := range Fields {
			if !has(columns, name+"_"+lang) && *c.texts()[name] == *here.texts()[name] {
				*t.At(name) = *old.At(name)
			}
		}
		if c.Others[lang] = t; t == (Told{}) {
			delete(c.Others, lang)
		}
	}
	if !has(columns, "weeks") && !has(columns, "days") && c.Length == here.Length {
		c.Weeks, c.Days = here.Weeks, here.Days
	}
	if !has(columns, "free") && c.Cost == here.Cost {
		c.Free = here.Free
	}
}

// called is how a course is known again from one list to the next.
func (c *Course) called() string { return sheet.Fold(c.Title) + " " + sheet.Fold(c.Giver) }

// Listing is what saving a list would do, or did.
type Listing struct {
	New, Changed, Same []string  // titles
	Refused            []Refused // rows whose occupation is not in the forecast that has been read in
}

// errLook ends a transaction that was only to tell what it would do.
var errLook = errors.New("looked")

// Take saves a list as the courses of the actor's unit, and links each from its occupations. A course with the same name, given by the
// same, is written anew; none is taken away, and no link. Without save it tells what it would do.
func (d *Desk) Take(ctx context.Context, actor *access.Actor, l List, save bool) (x Listing, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		x = Listing{}
		here, err := CoursesOf(ctx, tx, actor.Area(), actor.Unit())
		if err != nil {
			return err
		}
		desk := &Desk{Store: d.Store.In(tx)}
		for i, c := range l.Courses {
			ways, missing, err := coded(ctx, tx, l.codes[i])
			if err != nil {
				return err
			}
			if missing != "" {
				x.Refused = append(x.Refused, Refused{Row: l.rows[i], Key: "course.list.occupation", Value: missing})
				continue
			}
			if err := desk.put(ctx, tx, actor, &x, here, c, ways, l.has); err != nil {
				return err
			}
		}
		if !save {
			return errLook
		}
		return nil
	})
	if errors.Is(err, errLook) {
		err = nil
	}
	return x, err
}

// coded gives the occupations of some four-digit codes, and the first code that no occupation has.
func coded(ctx context.Context, tx *store.Tx, codes []string) (ways []OccupationID, missing string, err error) {
	for _, code := range codes {
		some, err := store.All(ctx, tx, store.Q(`SELECT occupation_id FROM occupation WHERE ' ' || ssyk || ' ' LIKE '% ' || $1 || ' %' ORDER BY occupation_id`), []any{code},
			func(r *store.Cursor) (o string, err error) {
				err = r.Scan(&o)
				return o, err
			})
		if err != nil || len(some) == 0 {
			return nil, code, err
		}
		for _, o := range some {
			ways = append(ways, OccupationID(o))
		}
	}
	return ways, "", nil
}

// put writes one course of a list, where it is new or says something else than the one that is here, and its links.
func (d *Desk) put(ctx context.Context, tx *store.Tx, actor *access.Actor, x *Listing, here []Course, c Course, ways []OccupationID, columns map[string]int) (err error) {
	i := slices.IndexFunc(here, func(o Course) bool { return o.called() == c.called() })
	switch {
	case i < 0:
		x.New = append(x.New, c.Title)
		c.ID, err = d.Add(ctx, actor, c)
	default:
		c.ID, c.Version = here[i].ID, here[i].Version
		if c.keep(here[i], columns); c.same(here[i]) {
			x.Same = append(x.Same, c.Title)
			break
		}
		x.Changed = append(x.Changed, c.Title)
		err = d.Change(ctx, actor, c)
	}
	for _, o := range ways {
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO course_way (area_id, unit_id, occupation_id, course_id) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (area_id, unit_id, occupation_id, course_id) DO NOTHING`), actor.Area(), actor.Unit(), string(o), c.ID)
	}
	return err
}

// same tells whether the same is told of both courses.
func (c Course) same(of Course) bool {
	of.ID, of.Version, of.Ways, c.ID, c.Version, c.Ways = 0, 0, nil, 0, 0, nil
	return reflect.DeepEqual(c, of)
}
