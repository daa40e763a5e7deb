package web

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/signin"
	"sluss/internal/web/ui"
)

// Keeping is where the script of a page asks how long its session goes on, and has what is typed kept before it ends.
const Keeping = "/kvar"

// KeepingRoute is that route. It reads its session itself: asking is no use of one, and it is asked about those that are over.
func KeepingRoute() Route {
	return Route{http.MethodPost, Keeping, Everybody(), postKeeping, false}
}

// postKeeping answers with two numbers: the seconds until the session ends if nothing is done, and until it ends whatever is done.
func postKeeping(q *Request) (Answer, error) {
	f, err := q.kit.Signin.Former(q.Context(), q.cookie())
	if fault.Is(err, fault.Forbidden) || err == nil && !genuine(&f.Session, q.Form.raw("_token")) {
		return Answer{}, fault.New(fault.Forbidden, "fault.token")
	}
	if err != nil {
		return Answer{}, err
	}
	if q.Form.Bool("_stay") {
		q.kit.Signin.Stay(q.Context(), f)
	}
	if to := q.Form.raw("_action"); to != "" {
		if t, ok := q.typedIn(to); ok {
			if err := q.kit.Signin.KeepTyped(q.Context(), f, t); err != nil {
				return Answer{}, err
			}
		}
	}
	return Data("text/plain; charset=utf-8", fmt.Appendf(nil, "%d %d", f.Left/time.Second, f.Whole/time.Second)), nil
}

// late answers who must sign in first. What they sent, if it is from a form of a session that they had, is kept for when they
// have; it is not saved.
func (k *Kit) late(w http.ResponseWriter, q *Request) Answer {
	door := Door
	if q.route.Needs.Audience == Own {
		door = OwnDoor
	}
	if q.Method != http.MethodPost {
		return To(door)
	}
	f, err := k.Signin.Former(q.Context(), q.cookie())
	if err != nil {
		if !fault.Is(err, fault.Forbidden) {
			slog.WarnContext(q.Context(), "typed text not kept", "request", q.id, "error", err)
		}
		return q.out(door)
	}
	q.session = &f.Session // by it the form is read, and refused if it is from elsewhere
	q.once = nil
	err = q.readTyped(w)
	defer q.Form.close()
	q.session = nil
	if err == nil {
		if a, ok := q.followed(f); ok {
			return a
		}
	}
	if t, ok := q.typedIn(q.URL.RequestURI()); err == nil && ok {
		if err = k.Signin.KeepTyped(q.Context(), f, t); err == nil {
			return Saved(door, "rest.kept")
		}
	}
	if err != nil {
		slog.WarnContext(q.Context(), "typed text not kept", "request", q.id, "error", err)
	}
	return q.out(door)
}

// out leads out to a door that is in the language one had: who has cleared the browser has none chosen any more.
func (q *Request) out(door string) Answer { return To(door + "?" + toldIn + "=" + q.L.Tag) }

// followed answers a press whose button, pressed just before, put another session in the place of the one it came with: the browser is then
// given the one that goes on, in case it has not got it. false when there was no such press.
func (q *Request) followed(f *signin.Former) (Answer, bool) {
	mark := q.Form.mark(f.Post.String(), id.Person(0).String(), q.Form.raw("_once"), q.URL.Path)
	for range 20 {
		cookie, to, err := q.kit.Signin.Pressed(q.Context(), f, mark)
		if err != nil {
			slog.WarnContext(q.Context(), "session not followed", "request", q.id, "error", err)
		}
		if err != nil || cookie == "" {
			return Answer{}, false
		}
		if to != "" {
			return q.Enter(cookie, to).Saying("rest.done"), true
		}
		select {
		case <-q.Context().Done():
			return Answer{}, false
		case <-time.After(50 * time.Millisecond):
		}
	}
	return Answer{}, false
}

// readTyped reads a form that came too late.
func (q *Request) readTyped(w http.ResponseWriter) error {
	files := q.limitBody(w)
	var err error
	if q.Form, err = readForm(q.Request, files); err != nil {
		return err
	}
	if !genuine(q.session, q.Form.raw("_token")) {
		return fault.New(fault.Forbidden, "fault.token")
	}
	return nil
}

// unkept are fields that hold a secret.
var unkept = []string{"pin", "again", "secret", "code", "answer"}

// typedIn gives what was typed in the form that was sent, to be kept; false when there is nothing, or no page to show it on.
func (q *Request) typedIn(action string) (signin.Typed, bool) {
	if q.Form == nil || action == ChoosePost { // where nothing is typed, and the session ends by it
		return signin.Typed{}, false
	}
	t := signin.Typed{Page: q.Form.raw("_page"), Action: action, Fields: map[string][]string{}, Files: len(q.Form.files) > 0}
	some := false
	for name, values := range q.Form.values {
		if name == "_v" || !strings.HasPrefix(name, "_") && !slices.Contains(unkept, name) {
			t.Fields[name] = values
			some = some || !strings.HasPrefix(name, "_")
		}
	}
	return t, some && local(t.Page) == t.Page && local(action) == action
}

// here is the address where the page of a form is found: that of the page, also once the form has been sent.
func (q *Request) here() string {
	if q.Method == http.MethodPost && q.Form != nil && q.Form.raw("_page") != "" {
		return local(q.Form.raw("_page"))
	}
	return q.URL.RequestURI()
}

func (q *Request) rest() ui.Rest {
	r := ui.Rest{Idle: int(q.session.Idle / time.Second), Whole: int((q.session.Ends - q.kit.Signin.Clock.Now()) / 1000), Ask: Keeping}
	if q.route.Needs.Audience == Own {
		r.Taken = q.Rest()
	}
	return r
}

// carried brings what was typed before over to the session that begins, and gives where that leads.
func (q *Request) carried(begun, to string) string {
	page, err := q.kit.Signin.Carry(q.Context(), q.cookie(), begun)
	if err != nil {
		slog.WarnContext(q.Context(), "typed text not carried over", "request", q.id, "error", err)
	}
	if page == "" || to == ChoosePost {
		return to
	}
	return page
}

// ChoosePost is where a worker with several posts says which one they work in, before anything else.
const ChoosePost = "/arbete/tjanst"

func (q *Request) dropTyped() {
	if err := q.kit.Signin.DropTyped(q.Context(), q.cookie()); err != nil {
		slog.WarnContext(q.Context(), "typed text not taken away", "request", q.id, "error", err)
	}
}

// back fills in what was typed on the page before the session, once.
func (q *Request) back(a Answer, body []byte) ([]byte, error) {
	if q.session == nil || !q.session.Typed || q.Method != http.MethodGet || a.page == nil || a.status != http.StatusOK {
		return body, nil
	}
	if q.typed == nil {
		t, err := q.kit.Signin.TakeTyped(q.Context(), q.cookie(), q.URL.RequestURI())
		if err != nil || t == nil {
			return body, err
		}
		q.typed = t
	}
	return fill(q.L, body, *q.typed)
}

// fill puts what was typed into the form of a page that it was typed in. Where the page has no such form any more, what was
// written stands above it, to be copied.
func fill(l *i18n.Lang, body []byte, t signin.Typed) ([]byte, error) {
	page, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	told := "rest.back"
	form := first(page, func(n *html.Node) bool { return n.DataAtom == atom.Form && attr(n, "action") == t.Action && same(n, t) })
	if form == nil {
		told = "rest.loose"
	} else {
		put(form, t)
	}
	if main := first(page, func(n *html.Node) bool { return n.DataAtom == atom.Main }); main != nil {
		box := element(atom.Section, html.Attribute{Key: "class", Val: "sheet mist saved"}, html.Attribute{Key: "role", Val: "status"})
		say(box, l.T(told))
		if t.Files {
			say(box, l.T("rest.file"))
		}
		if form == nil {
			for _, text := range texts(t) {
				say(box, text)
			}
		}
		at := main.FirstChild
		for at != nil && (at.Type != html.ElementNode || slices.Contains(strings.Fields(attr(at, "class")), "note")) {
			at = at.NextSibling
		}
		main.InsertBefore(box, at)
	}
	var b bytes.Buffer
	err = html.Render(&b, page)
	return b.Bytes(), err
}

// texts are what somebody wrote in words, in the order of the fields' names.
func texts(t signin.Typed) (list []string) {
	for name, values := range t.Fields {
		for _, v := range values {
			if !strings.HasPrefix(name, "_") && strings.ContainsAny(v, " \n") {
				list = append(list, v)
			}
		}
	}
	slices.Sort(list)
	return list
}

func element(a atom.Atom, attrs ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String(), Attr: attrs}
}

func say(in *html.Node, text string) {
	p := element(atom.P, html.Attribute{Key: "class", Val: "prose"}, html.Attribute{Key: "dir", Val: "auto"})
	p.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	in.AppendChild(p)
}

// same tells that a form's hidden values are those that were sent: a page may have several forms with one address.
func same(form *html.Node, t signin.Typed) bool {
	ok := true
	each(form, func(n *html.Node) {
		name := attr(n, "name")
		if n.DataAtom == atom.Input && attr(n, "type") == "hidden" && !strings.HasPrefix(name, "_") && !slices.Contains(t.Fields[name], attr(n, "value")) {
			ok = false
		}
	})
	return ok
}

// put fills a form in. The version that was read goes with it, so that a change by somebody else meanwhile is seen as one.
func put(form *html.Node, t signin.Typed) {
	for n := form.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Details {
			set(n, "open", "")
		}
	}
	used := map[string]int{}
	next := func(name string) (string, bool) {
		i := used[name]
		used[name]++
		if i < len(t.Fields[name]) {
			return t.Fields[name][i], true
		}
		return "", false
	}
	each(form, func(n *html.Node) {
		name := attr(n, "name")
		switch {
		case n.DataAtom == atom.Details:
			set(n, "open", "")
		case name == "":
		case n.DataAtom == atom.Textarea:
			if v, ok := next(name); ok {
				for n.FirstChild != nil {
					n.RemoveChild(n.FirstChild)
				}
				n.AppendChild(&html.Node{Type: html.TextNode, Data: v})
			}
		case n.DataAtom == atom.Select:
			each(n, func(o *html.Node) {
				if o.DataAtom == atom.Option {
					mark(o, "selected", slices.Contains(t.Fields[name], attr(o, "value")))
				}
			})
		case n.DataAtom == atom.Input:
			switch attr(n, "type") {
			case "checkbox", "radio":
				mark(n, "checked", slices.Contains(t.Fields[name], or(attr(n, "value"), "on")))
			case "password", "file", "submit":
			case "hidden":
				if v := t.Fields[name]; name == "_v" && len(v) > 0 {
					set(n, "value", v[0])
				}
			default:
				if v, ok := next(name); ok {
					set(n, "value", v)
				}
			}
		}
	})
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func set(n *html.Node, name, value string) {
	mark(n, name, false)
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

// mark gives an element an attribute without a value, or takes it away.
func mark(n *html.Node, name string, on bool) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if on {
		n.Attr = append(n.Attr, html.Attribute{Key: name})
	}
}

func each(n *html.Node, do func(*html.Node)) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			do(c)
		}
	}
}

func first(n *html.Node, is func(*html.Node) bool) (found *html.Node) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && is(c) {
			return c
		}
	}
	return nil
}
