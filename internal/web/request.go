package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/signin"
	"sluss/internal/web/ui"
)

// Request is one request on its way through a handler.
type Request struct {
	*http.Request
	L       *i18n.Lang
	Actor   *access.Actor // nil where the route is for anybody and nobody is signed in
	Form    *Form         // of a POST
	Look    ui.Look       // as the reader has chosen
	kit     *Kit
	route   Route
	session *signin.Session
	id      string
	once    []byte
	typed   *signin.Typed // before the session, on this page
	scopes  []string      // of a system
	body    []byte        // of a program
}

const (
	cookieLang  = "lang"
	cookieSaved = "saved"
	bodyLimit   = 1 << 20
	fileLimit   = 60 << 20
	doorLimit   = 64 << 10 // of one who is not signed in
)

func (k *Kit) cookieName() string {
	if k.Secure {
		return "__Host-sluss"
	}
	return "sluss"
}

func (q *Request) cookie() string {
	c, err := q.Cookie(q.kit.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// enter finds who acts. A route for staff without a worker's live session is refused, and a person's own route without that
// person's.
func (q *Request) enter() error {
	q.Actor, q.session = nil, nil
	if q.public() || q.route.Needs.Audience == Program {
		return nil
	}
	if q.route.Needs.Audience == System {
		return q.enterByPass()
	}
	if q.route.Needs.Audience == Feed {
		return q.enterByFeed()
	}
	if q.route.Needs.Audience == Trusted {
		return q.enterByLink()
	}
	cookie := q.cookie()
	find, closed := q.kit.Signin.Find, q.route.Needs.Audience.posted()
	if q.route.Needs.Audience == Own {
		find, closed = q.kit.Signin.FindOwn, true
	}
	if cookie == "" && closed {
		return errSignIn
	}
	if cookie == "" {
		return nil
	}
	actor, session, err := find(q.Context(), cookie, q.route.Method+" "+q.route.Pattern)
	if fault.Is(err, fault.Forbidden) && closed {
		return errSignIn
	}
	if fault.Is(err, fault.Forbidden) {
		return nil
	}
	if err != nil {
		return err
	}
	if actor.Role() == access.Officer && q.route.Needs.Audience == Staff {
		return fault.Missing
	}
	actor.Declare(q.route.Needs.Categories, q.route.Needs.Actions...)
	if q.once != nil {
		actor.Once(q.once)
	}
	q.Actor, q.session = actor, session
	if session.Lang != "" {
		q.L = i18n.Get(session.Lang)
	}
	if !q.forPeople() {
		q.L = i18n.Get(q.L.Spoken()) // easy Swedish chosen at the table is ordinary Swedish on pages for staff
	}
	return nil
}

// enterByFeed lets the owner of a calendar address act, who reads their own times and nothing else.
func (q *Request) enterByFeed() error {
	actor, err := q.kit.Signin.FindFeed(q.Context(), strings.TrimSuffix(q.PathValue("token"), ".ics"), q.route.Method+" "+q.route.Pattern)
	if err != nil {
		return err
	}
	actor.Declare(q.route.Needs.Categories, q.route.Needs.Actions...)
	q.Actor, q.session = actor, &signin.Session{}
	return nil
}

// enterByLink lets whoever holds a link act, who has shown no code yet and reads nothing without it.
func (q *Request) enterByLink() (err error) {
	if q.Actor, err = q.kit.Signin.FindLink(q.Context(), q.PathValue("secret"), q.route.Method+" "+q.route.Pattern); err == nil {
		q.Actor.Declare(q.route.Needs.Categories, q.route.Needs.Actions...)
	}
	return err
}

var errSignIn = errors.New("sign in first")

// toldIn is where an address says which language a page is read in by who has chosen none, when nothing may be kept in the browser.
const toldIn = "sprak"

// lang settles the language: chosen by a link now, chosen before, told by the address, or the browser's first that there are texts in. It
// answers the request itself when a language was just chosen.
func (q *Request) lang(w http.ResponseWriter) bool {
	q.L = i18n.Get("sv")
	known := i18n.Known
	if q.forPeople() {
		known = i18n.KnownPublic
	}
	chosen := q.URL.Query().Get("lang")
	if q.route.Shared { // the address alone says which, and what is shown within another site's page keeps nothing
		if known(chosen) {
			q.L = i18n.Get(chosen)
		}
		return false
	}
	if c, err := q.Cookie(cookieLang); err == nil && i18n.KnownPublic(c.Value) {
		if known(c.Value) { // else it is easy Swedish, and the page is for staff
			q.L = i18n.Get(c.Value)
		}
	} else if told := q.URL.Query().Get(toldIn); known(told) {
		q.L = i18n.Get(told)
	} else if tag := preferred(q.Header.Get("Accept-Language")); tag != "" {
		q.L = i18n.Get(tag)
	}
	if q.Method != http.MethodGet || chosen == "" || !known(chosen) {
		return false
	}
	http.SetCookie(w, &http.Cookie{Name: cookieLang, Value: chosen, Path: "/", HttpOnly: true, Secure: q.kit.Secure, SameSite: http.SameSiteLaxMode, MaxAge: 365 * 24 * 3600})
	if c := q.cookie(); c != "" && !q.public() {
		if err := q.kit.Signin.SetLang(q.Context(), c, chosen); err != nil {
			q.kit.fail(w, q, err)
			return true
		}
	}
	query := q.URL.Query()
	query.Del("lang")
	to := q.URL.Path
	if e := query.Encode(); e != "" {
		to += "?" + e
	}
	http.Redirect(w, q.Request, local(to), http.StatusSeeOther)
	return true
}

// preferred gives the first language the browser asks for that there are texts in, compared by base, never by guess.
func preferred(header string) string {
	if len(header) > 200 {
		return ""
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return ""
	}
	for _, t := range tags {
		if base, sure := t.Base(); sure == language.Exact && i18n.Known(base.String()) {
			return base.String()
		}
	}
	return ""
}

// read reads the form and refuses one that is not from a page of the same session. Only who is signed in may send files,
// and has longer time for it.
func (q *Request) read(w http.ResponseWriter) error {
	files := q.limitBody(w)
	var err error
	if q.Form, err = readForm(q.Request, files); err != nil {
		return err
	}
	if q.session == nil {
		return nil
	}
	if !genuine(q.session, q.Form.raw("_token")) {
		return fault.New(fault.Forbidden, "fault.token")
	}
	if once := q.Form.raw("_once"); once != "" {
		q.once = q.Form.mark(q.Actor.Post().String(), q.Actor.Themself().String(), once, q.URL.Path)
		q.Actor.Once(q.once)
	}
	return nil
}

// limitBody says how much may be sent, and whether files come with it.
func (q *Request) limitBody(w http.ResponseWriter) (files bool) {
	limit := int64(doorLimit)
	files = q.session != nil && strings.HasPrefix(q.Header.Get("Content-Type"), "multipart/form-data")
	switch {
	case files:
		limit = fileLimit
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(5 * time.Minute))
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(6 * time.Minute))
	case q.session != nil || q.route.Pattern == Keeping: // whether there was a session is then for the handler to say
		limit = bodyLimit
	}
	q.Body = http.MaxBytesReader(w, q.Body, limit)
	return files
}

// token gives the session's form token masked anew, so that no two pages carry the same bytes.
func (q *Request) token() string {
	if q.session == nil {
		return ""
	}
	secret := q.session.FormToken()
	b := make([]byte, 2*len(secret))
	_, _ = rand.Read(b[:len(secret)])
	subtle.XORBytes(b[len(secret):], b[:len(secret)], secret)
	return base64.RawURLEncoding.EncodeToString(b)
}

// genuine tells whether a form's token was made in the session.
func genuine(s *signin.Session, text string) bool {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b)%2 != 0 {
		return false
	}
	half := len(b) / 2
	subtle.XORBytes(b[half:], b[:half], b[half:])
	return s.Stands(b[half:])
}

// Page begins a page: its frame, language, tokens, and what was just saved. title is a text key with its arguments.
func (q *Request) Page(title string, args ...any) ui.Page {
	var once [12]byte
	_, _ = rand.Read(once[:])
	p := ui.Page{L: q.L, Title: q.L.T(title, args...), Langs: q.langs(), Path: q.URL.RequestURI(), Token: q.token(),
		Submission: base64.RawURLEncoding.EncodeToString(once[:]), Demo: q.kit.Demo, Look: q.Look}
	if !q.public() {
		p.Foot = []ui.NavItem{{Href: Statement, Key: "public.foot.access"}}
	}
	if q.session != nil && q.session.Ends != 0 {
		p.Found, p.Rest = q.here(), q.rest()
	}
	if c, err := q.Cookie(cookieSaved); err == nil && q.L.Has(c.Value) {
		p.Saved = q.L.T(c.Value)
	}
	if q.kit.Frame != nil && q.Actor != nil && !q.route.Needs.Audience.alone() {
		q.kit.Frame(q, &p)
	}
	return p
}

func (q *Request) public() bool { return q.route.Needs.Audience == Public }

// forPeople tells whether it is a page for everybody, or one that a person reads about themselves: their own, the door to those, what
// is read together at the table, and the forms on paper. An address under a person's own pages that leads nowhere is one of theirs.
func (q *Request) forPeople() bool {
	return q.public() || q.route.Needs.Audience == Own || under(q.route.Pattern, OwnDoor) || under(q.URL.Path, OwnHome) ||
		slices.ContainsFunc(strings.Split(q.route.Pattern, "/"), func(part string) bool { return part == "bordet" || part == "blanketter" })
}

// under tells whether a path is that of a page or of one under it.
func under(path, page string) bool { return path == page || strings.HasPrefix(path, page+"/") }

func (q *Request) langs() []*i18n.Lang {
	if q.forPeople() {
		return i18n.Public()
	}
	return i18n.All()
}

// From is the network address that the request comes from, for counting and nothing else: it is not to be kept.
func (q *Request) From() string {
	if q.kit.From != nil {
		return q.kit.From(q.Request)
	}
	host, _, err := net.SplitHostPort(q.RemoteAddr)
	if err != nil {
		return q.RemoteAddr
	}
	return host
}

// Press is the same for two presses of the same button with the same values, and for nothing else; for a form of somebody
// who is not signed in.
func (q *Request) Press() []byte { return q.Form.mark("public", q.Form.raw("_once"), q.URL.Path) }

// Titled is Page with a title that is not a key, such as a name.
func (q *Request) Titled(title string) ui.Page {
	p := q.Page("ui.menu")
	p.Title = title
	return p
}

// PathID reads an id in the address; Missing when it is not one.
func PathID[T any](q *Request, name string) (id.Of[T], error) {
	v, err := id.Parse[T](q.PathValue(name))
	if err != nil {
		return 0, fault.Missing
	}
	return v, nil
}

// Person reads {person} in the address.
func (q *Request) Person() (id.Person, error) {
	var p id.Person
	if p.UnmarshalText([]byte(q.PathValue("person"))) != nil {
		return 0, fault.Missing
	}
	return p, nil
}

// SignIn begins a session for a post and gives the answer that leads in.
func (q *Request) SignIn(area id.Area, post id.Post, to string) (Answer, error) {
	cookie, err := q.kit.Signin.Begin(q.Context(), area, post, q.L.Tag)
	if err != nil {
		return Answer{}, err
	}
	return q.Enter(cookie, to), nil
}

// SignInOwn is SignIn for a person who acts for themselves.
func (q *Request) SignInOwn(area id.Area, person id.Person, to string) (Answer, error) {
	cookie, err := q.kit.Signin.BeginOwn(q.Context(), area, person, q.L.Tag)
	if err != nil {
		return Answer{}, err
	}
	return q.Enter(cookie, to), nil
}

// Fresh tells whether the worker has shown who they are just now.
func (q *Request) Fresh() bool { return q.session.Fresh(q.Actor.Now()) }

// Rest is after how many seconds a page is to be taken off a screen that nobody has touched: then its session is over.
func (q *Request) Rest() int { return int((q.session.Idle + time.Minute) / time.Second) }

// Shared tells that the person has said that others use the computer.
func (q *Request) Shared() bool { return q.session.Shared() }

// Sure tells that the person has signed in so that they may decide what binds.
func (q *Request) Sure() bool { return q.session.Sure }

// SignOut ends the session and clears what the browser keeps; the address says in which language one reads that.
func (q *Request) SignOut(to string) (Answer, error) {
	if err := q.kit.Signin.End(q.Context(), q.cookie()); err != nil {
		return Answer{}, err
	}
	a := q.out(to)
	a.clear = true
	for _, c := range q.Cookies() { // also those of a language and a look: who comes next starts anew
		a.cookies = append(a.cookies, &http.Cookie{Name: c.Name, Path: "/", HttpOnly: true, Secure: q.kit.Secure, MaxAge: -1})
	}
	return a, nil
}

func stack() string { return string(debug.Stack()) }

// local makes sure that a redirect stays on this site.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

// Demo tells whether the program runs as a demo.
func (q *Request) Demo() bool { return q.kit.Demo }
