// Package together shows questions about a plan to those who ask and answer them: to the person, to the gateway, and to other agencies.
package together

import (
	"cmp"
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// View is questions about a plan as one of its sides sees them.
type View struct {
	ui.Page
	enquiry.View
	Names  org.Names
	Me     id.Unit                  // the reader's side
	Helper string                   // how who helps the person is called, at the first of the sides; "" for nobody named
	Person string                   // how the person is called by others; "" when it is the person who reads
	At     func(part string) string // what is asked is posted here, and an answer to the part of the question under it

	Typed   enquiry.Form // as typed, where the form comes back
	Reply   string
	ReplyTo enquiry.ID // 0 when it is the question that comes back
	Faults  fault.Form
}

// Asked reads from the form what is asked.
func Asked(r *web.Request) (f enquiry.Form) {
	f = enquiry.Form{To: -1, Task: r.Form.Bool("task"), Words: r.Form.Raw("words")}
	switch to := r.Form.Raw("to"); {
	case to == "person":
		f.To = enquiry.Themself
	case to != "" && f.To.UnmarshalText([]byte(to)) != nil:
		f.To = -1
	}
	if g := r.Form.Raw("goal"); g != "" && f.Goal.UnmarshalText([]byte(g)) != nil {
		f.Goal = -1 // nobody's, which is refused
	}
	return f
}

// ID reads {enquiry} in the address.
func ID(r *web.Request) (e enquiry.ID, err error) {
	if e.UnmarshalText([]byte(r.PathValue("enquiry"))) != nil {
		return 0, fault.Missing
	}
	return e, nil
}

// pick gives a text of the two: the person writes messages, and others ask about a plan.
func (v View) pick(own, others string) string {
	if v.own() {
		return v.L.T(own)
	}
	return v.L.T(others)
}

// own tells whether it is the person who reads.
func (v View) own() bool { return v.Person == "" }

func (v View) coordinatedKey() string {
	if v.own() {
		return "coordinated.own"
	}
	return "coordinated.shared"
}

// Side names a side as the reader calls it.
func (v View) Side(u id.Unit) string {
	if u == enquiry.Themself {
		return v.L.Apart(v.Person)
	}
	return v.L.Apart(v.Names.Unit(u))
}

// heading tells who asks whom.
func (v View) heading(e enquiry.Enquiry) string {
	switch {
	case v.own() && e.To == enquiry.Themself:
		return v.L.T(key(e, "asks.you"), v.Side(e.From))
	case v.own() && e.From == enquiry.Themself:
		return v.L.T(key(e, "you.ask"), v.Side(e.To))
	default:
		return v.L.T(key(e, "asks"), v.Side(e.From), v.Side(e.To))
	}
}

// by names who wrote, as the reader may know it, and when.
func (v View) by(o id.Post, u id.Unit, on clock.Date) string {
	if x := v.Names.Post(o); x.ID != 0 && !(v.own() && x.NameHidden) {
		return v.L.List(x.Name, v.L.Date(on))
	}
	if u == enquiry.Themself && v.own() {
		return v.L.Date(on)
	}
	return v.L.List(v.Side(u), v.L.Date(on))
}

// waits tells who is waited for, and since when.
func (v View) waits(e enquiry.Enquiry) string {
	switch {
	case e.Taken != 0:
		return v.L.T("enquiry.taken", e.Taken.Date())
	case !e.Waits():
		return v.L.T("enquiry.lost")
	case e.To == v.Me:
		return v.L.T("enquiry.waits.you", e.Asked.Date())
	default:
		return v.L.T("enquiry.waits", v.Side(e.To), e.Asked.Date())
	}
}

// mine tells whether the reader is to answer.
func (v View) mine(e enquiry.Enquiry) bool { return e.Waits() && e.To == v.Me }

// asked tells whether the reader's side waits for the answer, and may take the question back.
func (v View) asked(e enquiry.Enquiry) bool { return e.Waits() && e.From == v.Me && len(v.Sides) > 0 }

// goal gives the goal that it is about, nil for the plan as a whole.
func (v View) goal(e enquiry.Enquiry) *plan.Goal { return v.Plan.Goal(e.Goal) }

func (v View) toOptions() []ui.Option {
	list := []ui.Option{{Value: "", Text: v.L.T("form.select")}}
	for i, s := range v.Sides {
		text := v.Side(s.Unit)
		if i == 0 && v.Helper != "" {
			text = v.L.List(v.L.Apart(v.Helper), text)
		}
		list = append(list, ui.Option{Value: side(s.Unit), Text: text})
	}
	return list
}

// side is a side as a form's value.
func side(u id.Unit) string {
	switch {
	case u == enquiry.Themself:
		return "person"
	case u < 0:
		return ""
	default:
		return u.String()
	}
}

// to is whom the form asks: as typed, else the only one there is.
func (v View) to() string {
	switch {
	case v.Failed && v.ReplyTo == 0:
		return side(v.Typed.To)
	case len(v.Sides) == 1, v.own() && len(v.Sides) > 0: // the gateway stands first for the person
		return side(v.Sides[0].Unit)
	default:
		return ""
	}
}

func (v View) goalOptions() []ui.Option {
	list := []ui.Option{{Value: "", Text: v.L.T("enquiry.about.plan")}}
	for _, g := range v.Plan.OpenGoals() {
		words := cmp.Or(g.Swedish(), g.Words)
		if v.own() {
			words = cmp.Or(g.In(v.L.Spoken()), g.Words)
		}
		list = append(list, ui.Option{Value: g.ID.String(), Text: words})
	}
	return list
}

func (v View) typedGoal() string {
	if v.Typed.Goal <= 0 {
		return ""
	}
	return v.Typed.Goal.String()
}

// reply is what was typed as an answer to the question.
func (v View) reply(e enquiry.Enquiry) string {
	if v.ReplyTo == e.ID {
		return v.Reply
	}
	return ""
}

// field is the answer's field; the one that is wrong has the id that the summary of errors leads to.
func (v View) field(e enquiry.Enquiry) ui.Field {
	f := ui.Field{Name: "answer", Label: v.L.T(key(e, "reply")), Value: v.reply(e), Rows: 4}
	if v.ReplyTo == e.ID {
		f.Error = ui.Fault(v.L, v.Faults, "answer")
	} else {
		f.ID = "answer-" + e.ID.String()
	}
	return f
}

// key is a text about a question, or about something to do.
func key(e enquiry.Enquiry, what string) string {
	if e.Task {
		return "enquiry.task." + what
	}
	return "enquiry." + what
}

func (v View) typedTask() []string {
	if v.Typed.Task {
		return []string{"yes"}
	}
	return nil
}

// Replied is what is answered to a question: words, or that it is taken back.
func Replied(r *web.Request) (words string, takenBack bool) {
	return r.Form.Raw("answer"), r.Form.Raw("do") == "take"
}

func version(e enquiry.Enquiry) string { return strconv.Itoa(e.Version) }
