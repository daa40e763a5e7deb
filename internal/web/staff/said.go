package staff

import (
	"sluss/internal/comment"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// voice is what the person says of what stands on a page.
type voice struct {
	ui.Page
	List  []comment.Comment
	Who   id.Person
	Names org.Names
	First string // the person's first name

	Called map[comment.Thing]string // what the page calls the things on it, where there may be several of a kind
}

// calls lets the page say what it calls a thing.
func (s *voice) calls(k comment.Kind, ref int64, name string) {
	if s.Called == nil {
		s.Called = map[comment.Thing]string{}
	}
	s.Called[comment.Thing{Kind: k, Ref: ref}] = name
}

// saidOf reads what the person says of things of some kinds.
func (p *Pages) saidOf(r *web.Request, who id.Person, first string, of ...comment.Kind) (s voice, err error) {
	if s.List, err = p.Comment.Read(r.Context(), r.Actor, who, of...); err != nil || len(s.List) == 0 {
		return s, err
	}
	s.Names, err = p.names(r)
	s.Page, s.Who, s.First = r.Page("comment.title"), who, first
	return s, err
}

// spoken is what the person says of one thing.
type spoken struct {
	Thing comment.Thing
	List  []comment.Comment
}

// things are the comments, each thing's together in the order the first was said.
func (s voice) things() (list []spoken) {
	at := map[comment.Thing]int{}
	for _, c := range s.List {
		i, there := at[c.Thing]
		if !there {
			i = len(list)
			at[c.Thing], list = i, append(list, spoken{Thing: c.Thing})
		}
		list[i].List = append(list[i].List, c)
	}
	return list
}

// named is what a thing is called on the page, with what it is and its day.
func (s voice) named(x spoken) string {
	if name := s.Called[x.Thing]; name != "" {
		return s.L.List(name, s.about(x))
	}
	return s.about(x)
}

// about tells what a thing is, and its day.
func (s voice) about(x spoken) string {
	what := s.L.T("comment.about." + string(x.Thing.Kind))
	if on := x.List[0].On; on != "" {
		return s.L.T("comment.on", what, on)
	}
	return what
}

// waits gives the last of what is said, where the reader is to read it and has not.
func waits(list []comment.Comment) (last comment.ID, wait bool) {
	for _, c := range list {
		wait, last = wait || c.Waits, c.ID
	}
	return last, wait
}

// standsAt is the page where a kind of thing stands; what follows the person's own address.
var standsAt = map[comment.Kind]string{comment.Note: "/kontakt", comment.Statement: "/underlag", comment.Document: "/dokument", comment.Task: "/plan", comment.Measure: "/plan",
	comment.Proposal: "/plan", comment.Place: "/aktiviteter", comment.Extent: "/aktiviteter", comment.Placement: "/praktik", comment.Talk: "/praktik", comment.Adaptation: "/min-plats",
	comment.Referral: "/remiss", comment.Law: "/samtycke", comment.Demand: "/krav", comment.Pause: "/avslut", comment.Exit: "/avslut", comment.FollowUp: "/avslut"}

// stands is where a thing stands.
func stands(who id.Person, t comment.Thing) string {
	href := personPath(who, standsAt[t.Kind])
	switch t.Kind {
	case comment.Note:
		return href + "#n" + id.Of[struct{}](t.Ref).String()
	case comment.Statement:
		return href + "/" + id.Of[struct{}](t.Ref).String()
	}
	return href + "#sagt"
}

// postHeard says that what the person says of a thing is read.
func (p *Pages) postHeard(r *web.Request) (web.Answer, error) {
	who, t, err := thingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	to, err := acts.CommentOf(r, "to")
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(stands(who, t), "comment.heard"), p.Comment.Hear(r.Context(), r.Actor, who, t, to)
}

// commentLines are those who have said something, a line each: the oldest thing, and how many more there are.
func (m *morning) commentLines(r *web.Request) (list []todo) {
	more := map[id.Person]int{}
	for _, x := range m.said {
		more[x.Person]++
	}
	for _, x := range m.said {
		n := more[x.Person]
		if n == 0 {
			continue
		}
		more[x.Person] = 0
		var also string
		if n > 1 {
			also = r.L.T("comment.today.more", n-1)
		}
		do := r.L.T("comment.today.read")
		list = append(list, todo{since: x.Since.Date(), line: line(x.Person, x.Name, r.L.T("comment.today.unheard", r.L.T("comment.about."+string(x.Thing.Kind))), also,
			ui.Button{Text: do, Href: stands(x.Person, x.Thing), Variant: "secondary", Size: "sm", Label: r.L.List(do, x.Name)})})
	}
	return list
}
