package public

import (
	"cmp"
	"encoding/json"

	"sluss/internal/intake"
	"sluss/internal/site"
	"sluss/internal/web"
)

// getBit is a small page for the municipality's own site to show within its own.
func (p *Pages) getBit(r *web.Request) (web.Answer, error) {
	x, err := p.front(r)
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "bit", r.L.Tag)
	return web.Show(bit(x)), nil
}

// told is what a gateway tells everybody, for a program.
type told struct {
	Name      string                      `json:"name"`
	Area      string                      `json:"area"`
	Page      string                      `json:"page"`
	Lang      string                      `json:"lang"`
	Phone     string                      `json:"phone"`
	Street    string                      `json:"street"`
	Promise   promised                    `json:"promise"`
	Closed    []shutDays                  `json:"closed"`
	Texts     map[site.Field][]site.Block `json:"texts"`
	InSwedish []site.Field                `json:"in_swedish,omitempty"` // texts that the language lacks
	Starts    []starting                  `json:"starts"`
	Offers    []offer                     `json:"activities"`
	Courses   []taught                    `json:"courses"`
	Stories   []tale                      `json:"stories"`
	Went      *went                       `json:"went,omitempty"`
}

// promised is our promise in the words that bind, and the language they are in.
type promised struct {
	Words string `json:"words"`
	Lang  string `json:"lang"`
}

// shutDays are days when the door is shut, the first and the last.
type shutDays struct {
	From string `json:"from"`
	Last string `json:"last"`
}

// went is how it went for those who left in a whole year: about how many, and of ten.
type went struct {
	Year    int `json:"year"`
	About   int `json:"about"`
	Work    int `json:"work_of_ten"`
	Studies int `json:"studies_of_ten"`
	Other   int `json:"other_of_ten"`
}

// tale is what somebody tells of their way, with their own yes, which they may take back: who shows it asks for it anew each time.
type tale struct {
	Words string `json:"words"`
	Name  string `json:"name,omitempty"` // as they have chosen
	Lang  string `json:"lang"`
}

// offer is an activity that the unit shows to everybody. Lang is the language of its words.
type offer struct {
	Name    string  `json:"name"`
	Purpose string  `json:"purpose"`
	Lang    string  `json:"lang"`
	Times   []start `json:"times"`
}

// taught is a course that leads to work. Lang is the language of its title, Page where more is told.
type taught struct {
	Title string `json:"title"`
	Giver string `json:"giver"`
	Kind  string `json:"kind"`
	Lang  string `json:"lang"`
	Page  string `json:"page"`
}

// starting is a group start that is to come, and whether one who asks today can come to it: plenty, few or full.
type starting struct {
	start
	Room intake.Room `json:"room"`
}

// start is a time.
type start struct {
	On    string `json:"on"`
	At    string `json:"at"`
	Until string `json:"until"`
}

func (p frontPage) promised() promised {
	l := p.promiseLang()
	return promised{cmp.Or(p.Promise, l.T("public.promise.text")) + " " + l.T("public.promise.money"), l.Tag}
}

func (p *Pages) getJSON(r *web.Request) (web.Answer, error) {
	x, err := p.front(r)
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "json", r.L.Tag)
	t := told{Name: x.House.Unit.Name, Area: x.House.Area.Name, Page: x.at(""), Lang: r.L.Tag, Phone: x.House.Unit.Phone,
		Street: x.House.Unit.Street, Texts: map[site.Field][]site.Block{}, Closed: []shutDays{}, Starts: []starting{}, Courses: []taught{}, Offers: []offer{}, Stories: []tale{}}
	t.Promise = x.promised()
	for _, s := range x.Closed {
		t.Closed = append(t.Closed, shutDays{string(s.From), string(s.To.Add(-1))})
	}
	for _, f := range site.Fields {
		piece := x.text(f)
		if len(piece.Blocks) == 0 {
			continue
		}
		t.Texts[f] = piece.Blocks
		if piece.L.Tag != r.L.Tag {
			t.InSwedish = append(t.InSwedish, f)
		}
	}
	for _, s := range x.Starts {
		t.Starts = append(t.Starts, starting{start{string(s.On), string(s.At), string(s.Until)}, s.Room})
	}
	for _, c := range x.Courses {
		title, lang := c.Called(r.L.Tag)
		t.Courses = append(t.Courses, taught{title, c.Giver, string(c.Kind), lang, x.at("/jobb/" + string(c.Ways[0]))})
	}
	for _, o := range x.Offers {
		w, lang := o.In(r.L.Tag)
		one := offer{w.Name, w.Purpose, lang, []start{}}
		for _, s := range o.Times {
			one.Times = append(one.Times, start{string(s.On), string(s.At), string(s.Until)})
		}
		t.Offers = append(t.Offers, one)
	}
	if w := x.Went; w != nil {
		t.Went = &went{w.Year, w.About, w.Work, w.Studies, w.Other}
	}
	for _, s := range x.Stories {
		t.Stories = append(t.Stories, tale{s.Words, s.Name, s.Lang})
	}
	body, err := json.MarshalIndent(t, "", "  ")
	return web.Data("application/json; charset=utf-8", body), err
}
