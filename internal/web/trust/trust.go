// Package trust is what the pages of a person, of the table and of whoever holds a link share: what is shown of a plan, and how a link
// to it is made.
package trust

import (
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/trusted"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// At is where whoever holds a link opens it; the secret follows.
const At = "/delad/"

// View is the page where links are made and ended.
type View struct {
	ui.Page
	Path   string // of the page itself
	Links  []trusted.Link
	Typed  trusted.Form
	Faults fault.Form
	Shown  trusted.Shown // what would be shown, before it is
	Made   trusted.Made
	Origin string // of the address that is made
	Alone  bool   // the person is alone with the page
	Now    clock.Instant
}

// Asked reads the form.
func Asked(r *web.Request) trusted.Form {
	n, _ := strconv.Atoi(r.Form.Raw("days"))
	return trusted.Form{Reader: r.Form.Line("reader"), Days: n, Helps: r.Form.Bool("helps")}
}

func (v View) days() []ui.Option {
	list := make([]ui.Option, 0, len(trusted.Days))
	for _, n := range trusted.Days {
		list = append(list, ui.Option{Value: strconv.Itoa(n), Text: v.L.T("trusted.days", n)})
	}
	return list
}

func (v View) typedDays() string {
	if v.Typed.Days == 0 {
		return "7"
	}
	return strconv.Itoa(v.Typed.Days)
}

func (v View) address() string { return v.Origin + At + v.Made.Token }

// code is the code as it is said: three digits, and three.
func (v View) code() string { return v.Made.Code[:3] + " " + v.Made.Code[3:] }

func (v View) live() (list []trusted.Link) {
	for _, l := range v.Links {
		if l.Live(v.Now) {
			list = append(list, l)
		}
	}
	return list
}

func (v View) over() (list []trusted.Link) {
	for _, l := range v.Links {
		if !l.Live(v.Now) {
			list = append(list, l)
		}
	}
	return list
}

// ended says how a link came to its end.
func (v View) ended(l trusted.Link) string {
	switch {
	case l.Wrong:
		return v.L.T("trusted.over.wrong", l.Ended.Date())
	case l.Ended != 0:
		return v.L.T("trusted.over.ended", l.Ended.Date())
	default:
		return v.L.T("trusted.over.time", l.Ends.Date())
	}
}

func marked(yes bool) []string {
	if yes {
		return []string{"yes"}
	}
	return nil
}

// Opened is the page of whoever holds a link: before the code, and after.
type Opened struct {
	ui.Page
	Action string
	Faults fault.Form
	Shown  *trusted.Shown // nil before the code
}

// steps are the steps as a picture; the product's own are named in the language of the page.
func steps(l *i18n.Lang, s trusted.Shown) (list []ui.Step, names []string) {
	own := org.Defaults().Steps
	for i, x := range s.Steps {
		name := x.Name
		if i < len(own) && x == own[i] {
			name = l.T("plan.step." + strconv.Itoa(i+1))
		}
		step := ui.Step{Name: name}
		if i+1 == s.Here {
			step.Here = l.T("trusted.here")
		}
		list, names = append(list, step), append(names, name)
	}
	return list, names
}

func here(l *i18n.Lang, s trusted.Shown, names []string) string {
	return l.T("trusted.here.title", s.Here, names[s.Here-1])
}
