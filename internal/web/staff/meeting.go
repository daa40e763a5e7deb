package staff

import (
	"context"
	"unicode"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// postMeeting agrees on a meeting, or moves the one that the form names.
func (p *Pages) postMeeting(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	form := contact.Form{On: f.Date("on"), At: f.Time("at"), How: one(f, "how", contact.Hows), About: f.Line("about"), Both: f.Bool("both")}
	var old contact.AppointmentID
	var room id.Of[struct{}]
	if err := optional(&old, f.Raw("meeting")); err != nil {
		return web.Answer{}, err
	}
	if err := optional(&room, f.Raw("room")); err != nil {
		return web.Answer{}, err
	}
	if err := optional(&form.Post, f.Raw("post")); err != nil {
		return web.Answer{}, err
	}
	form.Room = int64(room)
	if err = f.Faults.Err(); err == nil {
		err = p.agree(r, who, old, form)
	}
	if err != nil {
		return p.contactAgain(r, err, func(page *contactPage) {
			page.Agreeing = true
			page.move(old.String())
		})
	}
	return web.Saved(personPath(who, "/kontakt"), "contact.meeting.saved"), nil
}

func (p *Pages) agree(r *web.Request, who id.Person, old contact.AppointmentID, form contact.Form) (err error) {
	if old != 0 {
		_, err = p.Contact.Move(r.Context(), r.Actor, who, old, r.Form.Version(), form)
		return err
	}
	_, err = p.Contact.Plan(r.Context(), r.Actor, who, form)
	return err
}

func (p *Pages) postMet(r *web.Request) (web.Answer, error) {
	return p.mark(r, p.Contact.Met, "contact.met.saved")
}

func (p *Pages) postMissed(r *web.Request) (web.Answer, error) {
	return p.mark(r, p.Contact.Missed, "contact.missed.saved")
}

func (p *Pages) postMeetingReopen(r *web.Request) (web.Answer, error) {
	return p.mark(r, p.Contact.Reopen, "contact.reopened")
}

// mark tells how a meeting went. A form on Today sends back=/arbete and returns there.
func (p *Pages) mark(r *web.Request, verb func(context.Context, *access.Actor, id.Person, contact.AppointmentID, int) error, saved string) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var meeting contact.AppointmentID
	if meeting.UnmarshalText([]byte(r.Form.Raw("meeting"))) != nil {
		return web.Answer{}, fault.Missing
	}
	if err := verb(r.Context(), r.Actor, who, meeting, r.Form.Version()); err != nil {
		return web.Answer{}, err
	}
	to := personPath(who, "/kontakt")
	if r.Form.Raw("back") == "/arbete" {
		to = "/arbete"
	}
	return web.Saved(to, saved), nil
}

// place is with whom, how and where one meets.
func (p contactPage) place(m contact.Appointment) string {
	parts := []string{m.With, lower(p.L.T("contact.how." + m.How))}
	for _, room := range p.Rooms {
		if room.ID == m.Room {
			parts = append(parts, room.Name)
		}
	}
	return p.L.List(parts...)
}

// nextTitle asks how it went, once the day has passed.
func (p contactPage) nextTitle(m contact.Appointment) string {
	if m.On < p.Today {
		return p.L.T("contact.next.passed")
	}
	return p.L.T("contact.next")
}

func (p contactPage) missedText(m contact.Appointment) string {
	if m.On < p.Today {
		return p.L.T("contact.missed.passed")
	}
	return p.L.T("contact.missed")
}

// held are the meetings that are over, newest first.
func (p contactPage) held() []contact.Appointment {
	var list []contact.Appointment
	for _, m := range p.Appointments {
		if m.State != contact.Planned {
			list = append(list, m)
		}
	}
	return list
}

// missed gives the newest meeting when the person was not there and nothing is agreed since.
func (p contactPage) missed() *contact.Appointment {
	if p.Next() == nil && len(p.Appointments) > 0 && p.Appointments[0].State == contact.Absent {
		return &p.Appointments[0]
	}
	return nil
}

func (p contactPage) roomOptions() []ui.Option {
	list := []ui.Option{{Text: p.L.T("contact.room.none")}}
	for _, r := range p.Rooms {
		list = append(list, ui.Option{Value: id.Of[struct{}](r.ID).String(), Text: r.Name})
	}
	return list
}

func (p contactPage) postOptions() []ui.Option {
	list := []ui.Option{{Text: p.L.T("contact.post.me")}}
	for _, o := range p.Posts {
		list = append(list, ui.Option{Value: o.ID.String(), Text: o.Name})
	}
	return list
}

// lower begins a text as within a sentence.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func roomValue(room int64) string {
	if room == 0 {
		return ""
	}
	return id.Of[struct{}](room).String()
}

func postValue(post id.Post) string {
	if post == 0 {
		return ""
	}
	return post.String()
}
