// Package walk tries every route of the program as every kind of actor, and watches what is shown, logged and changed.
package walk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluss/internal/activity"
	"sluss/internal/application"
	"sluss/internal/attendance"
	"sluss/internal/audit"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/competence"
	"sluss/internal/conflict"
	"sluss/internal/consent"
	"sluss/internal/contact"
	"sluss/internal/course"
	"sluss/internal/demand"
	"sluss/internal/demo/demotest"
	"sluss/internal/document"
	"sluss/internal/enquiry"
	"sluss/internal/evaluation"
	"sluss/internal/export"
	"sluss/internal/flow"
	"sluss/internal/forecast"
	"sluss/internal/glass"
	"sluss/internal/intake"
	"sluss/internal/intray"
	"sluss/internal/lawful"
	"sluss/internal/logcheck"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/opinion"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/practice"
	"sluss/internal/project"
	"sluss/internal/proposal"
	"sluss/internal/reading"
	"sluss/internal/referral"
	"sluss/internal/remind"
	"sluss/internal/retention"
	"sluss/internal/sarah"
	"sluss/internal/schedule"
	"sluss/internal/sheet"
	"sluss/internal/signin"
	words "sluss/internal/site"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/story"
	"sluss/internal/trusted"
	program "sluss/internal/watch"
	"sluss/internal/web"
	"sluss/internal/web/api"
	"sluss/internal/web/own"
	"sluss/internal/web/public"
	"sluss/internal/web/staff"
	"sluss/internal/workplace"
	"sluss/tests/journeys/harness"
)

var prove = os.Getenv("SLUSS_PROVE") != ""

// logged is everything that the program has written to its own log while the tests ran.
var logged lines

type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write keeps a line.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// failed is the last line that tells of a fault of the program, for whoever reads why a test failed.
func (l *lines) failed() string {
	last := ""
	for line := range strings.Lines(l.text()) {
		if strings.Contains(line, `"level":"ERROR"`) && !strings.Contains(line, `"msg":"disclosure log"`) {
			last = line
		}
	}
	return last
}

func (l *lines) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf.Reset()
}

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

const phone = "0300-55 99 99" // what an error page tells to call

// site is the whole program on a database, without its network.
type site struct {
	*demotest.World
	t      testing.TB
	clock  clock.Clock
	kit    *web.Kit
	routes []web.Route
	mux    http.Handler
	people map[string]*soul

	listIDs map[string]string // karin's lists on their way in, by what they wait for
	invited string            // samar's invitation
	passkey *token            // petra's
	ways    ways              // by which people sign in
	offered map[string]string // an activity, an occasion, a change and a room, by their names in addresses
	asked   map[string]string // those who asked at Vuxenslussen, by what has come of it
	reports map[string]string // of misconditions, by who is to receive them
	voiced  map[string]string // what somebody thinks of Vuxenslussen, by what has come of it; and a code
	rows    int               // of the log, as counted last
}

// newSite makes the program on the store, in the demo's world.
func newSite(t testing.TB, w *demotest.World) *site {
	t.Helper()
	return siteAt(t, w, w.Clock())
}

// ticking is the world's clock, going.
func ticking(w *demotest.World) clock.Clock {
	began := time.Now()
	return func() time.Time { return w.Clock()().Add(time.Since(began)) }
}

func siteAt(t testing.TB, w *demotest.World, c clock.Clock) *site {
	t.Helper()
	s := &site{World: w, t: t, clock: c, people: map[string]*soul{}}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	t.Cleanup(stop)
	db := w.Store
	pages := &staff.Pages{Clock: c, Org: w.Org, Person: &person.Desk{Store: db}, Retention: &retention.Desk{Store: db}, Enquiry: &enquiry.Desk{Store: db}, Referral: &referral.Desk{Store: db}, Intake: &intake.Desk{Store: db},
		Outcome: &outcome.Desk{Store: db}, Flow: &flow.Desk{Store: db}, Comment: &comment.Desk{Store: db}, Demand: &demand.Desk{Store: db}, NewCoach: &newcoach.Desk{Store: db}, Contact: &contact.Desk{Store: db}, Plan: &plan.Desk{Store: db},
		Export: &export.Desk{Store: db}, Intray: &intray.Desk{Store: db, Vault: w.Vault, Clock: c},
		Activity: &activity.Desk{Store: db}, Competence: &competence.Desk{Store: db}, Schedule: &schedule.Desk{Store: db}, Reading: &reading.Desk{Store: db}, Consent: &consent.Desk{Store: db}, Forecast: &forecast.Desk{Store: db}, Glass: &glass.Desk{Store: db}, LogCheck: &logcheck.Desk{Store: db},
		Conflict: &conflict.Desk{Store: db}, Lawful: &lawful.Desk{Store: db},
		Place: &place.Desk{Store: db}, Remind: &remind.Desk{Store: db}, MyPlace: &myplace.Desk{Store: db}, Attendance: &attendance.Desk{Store: db}, Away: &away.Desk{Store: db}, Statement: &statement.Desk{Store: db}, Workplace: &workplace.Desk{Store: db}, Placement: &placement.Desk{Store: db}, Trusted: &trusted.Desk{Store: db}}
	in := &signin.Desk{Store: db, Vault: w.Vault, Clock: c}
	must(t, in.At("http://localhost:8080"))
	pages.Signin = in
	outside, err := audit.OpenOutside(filepath.Join(t.TempDir(), "checkpoints"), nil)
	must(t, err)
	pages.Watch = &program.Watch{Store: db, Outside: outside, Clock: c}
	pages.Site, pages.Asked = &words.Desk{Store: db, Clock: c}, &application.Desk{Store: db, Vault: w.Vault, Clock: c}
	pages.Project = &project.Desk{Store: db}
	pages.Document = &document.Desk{Store: db}
	pages.Sarah, pages.Practice, pages.Course, pages.Story, pages.Evaluation, pages.Proposal = &sarah.Desk{Store: db}, &practice.Desk{Store: db}, &course.Desk{Store: db}, &story.Desk{Store: db}, &evaluation.Desk{Store: db}, &proposal.Desk{Store: db}
	pages.Opinion = &opinion.Desk{Store: db, Vault: w.Vault, Clock: c}
	open := &public.Pages{Opinion: pages.Opinion, Clock: c, Org: w.Org, Site: pages.Site, Application: pages.Asked}
	s.kit = &web.Kit{Signin: in, Log: audit.NewLog(ctx, db), Demo: true, Phone: phone, Frame: pages.Frame}
	mine := &own.Pages{Store: db, Signin: in, Clock: c, Org: w.Org, Reading: pages.Reading, Plan: pages.Plan, Consent: pages.Consent, Enquiry: pages.Enquiry, Attendance: pages.Attendance, Away: pages.Away, Statement: pages.Statement, Place: pages.Place, Placement: pages.Placement, Remind: pages.Remind, Opinion: pages.Opinion, Document: pages.Document, Course: pages.Course, Trusted: pages.Trusted, Story: pages.Story, Evaluation: pages.Evaluation, Proposal: pages.Proposal, MyPlace: pages.MyPlace, Comment: pages.Comment, NewCoach: pages.NewCoach}
	systems := &api.Pages{Signin: in, Application: pages.Asked, Clock: c}
	s.routes = slices.Concat(open.Routes(), pages.Routes(), mine.Routes(), systems.Routes(), []web.Route{web.KeepingRoute()})
	s.mux, err = s.kit.Mux(s.routes...)
	must(t, err)
	return s
}

// visitor is a browser: its cookies and its form token.
type visitor struct {
	site   *site
	name   string
	cookie string
	token  string
}

// enter signs somebody in.
func (s *site) enter(t testing.TB, key string) *visitor {
	t.Helper()
	c, err := s.kit.Signin.Begin(t.Context(), s.Place.Area, s.Place.Posts[key], "sv")
	must(t, err)
	v := &visitor{site: s, name: key, cookie: c}
	first := v.get("/arbete")
	if to := first.Header().Get("Location"); to != "" {
		first = v.get(to)
	}
	v.token = tokenIn(first.Body.String())
	if v.token == "" {
		t.Fatal("no form token on the first page of ", key)
	}
	return v
}

// themself signs in one of the people of the walk, to see what stands about themselves.
func (s *site) themself(t testing.TB, key string) *visitor {
	t.Helper()
	c, err := s.kit.Signin.BeginOwn(t.Context(), s.Place.Area, s.people[key].id, "sv")
	must(t, err)
	v := &visitor{site: s, name: self + key, cookie: c}
	v.token = tokenIn(v.get("/min").Body.String())
	if v.token == "" {
		t.Fatal("no form token on the first page of ", key)
	}
	return v
}

// self begins the name of a visitor who is one of the people themselves.
const self = "self "

var tokenField = regexp.MustCompile(`name="_token" value="([^"]+)"`)

func tokenIn(html string) string {
	if m := tokenField.FindStringSubmatch(html); m != nil {
		return m[1]
	}
	return ""
}

func (v *visitor) request(method, path string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, "http://localhost"+path, body)
	if v.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "sluss", Value: v.cookie})
	}
	return r
}

func (v *visitor) send(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	v.site.mux.ServeHTTP(w, r)
	return w
}

// insist sends a form again while the answer is that a slow disk keeps the log from being written, as people do.
func (v *visitor) insist(f form, fields url.Values) *httptest.ResponseRecorder {
	res := v.send(v.asForm(f, fields))
	for try := 0; try < 4 && res.Code == 503; try++ {
		res = v.send(v.asForm(f, fields))
	}
	return res
}

func (v *visitor) get(path string) *httptest.ResponseRecorder {
	return v.send(v.request("GET", path, nil))
}

// post sends a form with the visitor's own token.
func (v *visitor) post(path string, form url.Values) *httptest.ResponseRecorder {
	f := url.Values{"_token": {v.token}}
	for k, vs := range form {
		f[k] = vs
	}
	return v.send(v.formRequest(path, f))
}

// asForm sends a form as a browser does: with its file and the cookies that its page gave.
func (v *visitor) asForm(f form, fields url.Values) *http.Request {
	r := v.formRequest(f.action, fields)
	if f.file != "" {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for k, vs := range fields {
			for _, x := range vs {
				_ = m.WriteField(k, x)
			}
		}
		w, _ := m.CreateFormFile(or(f.input, "list"), "lista.csv")
		_, _ = io.WriteString(w, f.file)
		_ = m.Close()
		r = v.request("POST", f.action, &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
	}
	for name, value := range f.kept {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r
}

func (v *visitor) formRequest(path string, form url.Values) *http.Request {
	r := v.request("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// all is everything that a response says: headers, body, and what is inside a workbook.
func all(w *httptest.ResponseRecorder) string {
	var b strings.Builder
	b.WriteString(inside(w))
	for k, vs := range w.Header() {
		for _, v := range vs {
			u, err := url.QueryUnescape(v)
			if err != nil {
				u = v
			}
			b.WriteString(k + ": " + v + "\n" + u + "\n")
		}
	}
	b.WriteString(w.Body.String())
	return b.String()
}

// inside gives the cells of a workbook that was answered, or "".
func inside(w *httptest.ResponseRecorder) string {
	if !strings.Contains(w.Header().Get("Content-Type"), "spreadsheetml") {
		return ""
	}
	r, err := sheet.Read(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()), "list.xlsx", sheet.Options{})
	var b strings.Builder
	for err == nil {
		var row sheet.Row
		if row, err = r.Next(); err == nil {
			b.WriteString(strings.Join(row.Cells, "\n") + "\n")
		}
	}
	if !errors.Is(err, io.EOF) {
		panic(err)
	}
	return b.String()
}

func (s *site) write(t testing.TB, f func(tx *store.Tx) error) {
	t.Helper()
	must(t, s.Store.Write(t.Context(), f))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
