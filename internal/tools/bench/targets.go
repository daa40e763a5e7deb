package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"strings"

	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
)

// target is one request that the client may send.
type target struct{ method, path, cookie, body string }

// desk is one worker who asks for pages.
type desk struct {
	area   id.Area
	post   id.Post
	unit   id.Unit
	people []id.Person // some whom the worker may open
	deeper intake.Mark // where a later page of the list begins
	queued struct {    // where a later page of the queue begins
		on string
		id int64
	}
	start int64 // the group start of two weeks ago
}

// fullPage is how many active and waiting a unit has at least, so that a page of a list is full at both sizes.
const fullPage = 50

// desks picks workers spread as people are, at units whose lists fill a page.
func desks(ctx context.Context, db *store.Store, most int) ([]desk, error) {
	var list []desk
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = store.All(ctx, tx, store.Q(`SELECT o.area_id, o.post_id, o.unit_id FROM post o JOIN
		 (SELECT area_id, unit_id, sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS n FROM referral GROUP BY area_id, unit_id) AS q
		  ON q.area_id = o.area_id AND q.unit_id = o.unit_id WHERE q.n > $1 ORDER BY o.area_id, o.post_id`), []any{fullPage + 5}, func(r *store.Cursor) (d desk, err error) {
			err = r.Scan(&d.area, &d.post, &d.unit)
			return d, err
		})
		return err
	})
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	list = list[:min(most, len(list))]
	for i := range list {
		if err == nil {
			err = db.Read(ctx, func(tx *store.Tx) error { return list[i].fill(ctx, tx) })
		}
	}
	return list, err
}

func (d *desk) fill(ctx context.Context, tx *store.Tx) (err error) {
	type line struct {
		on string
		id int64
		p  id.Person
	}
	scan := func(r *store.Cursor) (x line, err error) { err = r.Scan(&x.on, &x.id, &x.p); return x, err }
	seen, err := store.All(ctx, tx, store.Q(`SELECT e.state_on, e.enrolment_id, e.person_id FROM enrolment e JOIN person p ON p.area_id = e.area_id AND p.person_id = e.person_id
	 WHERE e.area_id = $1 AND e.unit_id = $2 AND e.state = 'active' AND p.protected = 0 ORDER BY e.state_on DESC, e.enrolment_id DESC LIMIT 200`), []any{d.area, d.unit}, scan)
	if err != nil {
		return err
	}
	for _, x := range seen {
		d.people = append(d.people, x.p)
	}
	if len(seen) > 110 {
		d.deeper = intake.Mark{On: dateOf(seen[50].on), ID: intake.EnrolmentID(seen[50].id)}
	}
	wait, err := store.All(ctx, tx, store.Q(`SELECT order_on, referral_id, person_id FROM referral WHERE area_id = $1 AND unit_id = $2 AND state = 'waiting'
	 ORDER BY order_on, referral_id LIMIT 200`), []any{d.area, d.unit}, scan)
	if len(wait) > 110 {
		d.queued.on, d.queued.id = wait[50].on, wait[50].id
	}
	d.start = int64(d.unit)*1000 + int64(startsAgo+startsSet-1)
	return err
}

// formToken is the token that a page of the desk's session would carry.
func (d *desk) formToken() string {
	t := token(d.area, d.post)
	m := hmac.New(sha256.New, t[:])
	m.Write([]byte("form"))
	return base64.RawURLEncoding.EncodeToString(append(make([]byte, 16), m.Sum(nil)[:16]...))
}

// The pages that are measured; what adds people comes last, since it makes the lists longer.
var pages = []string{"list", "view", "mine", "queue", "number", "name", "name and year", "starts", "start", "flow", "create"}

// writeTargets writes requests for each page in the order in which desks ask, a line each with tabs between: page, method,
// path, cookie, form.
func (m *measuring) writeTargets(ctx context.Context, path string) error {
	list, err := m.prepare(ctx, m.large)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, page := range pages {
		for n := range 4 * len(list) {
			t := list[n%len(list)].ask(page, n)
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", page, t.method, t.path, t.cookie, t.body)
		}
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

// ask makes one request for a page; n tells requests of the same page apart.
func (d *desk) ask(page string, n int) target {
	t := target{method: "GET", cookie: cookie(d.area, d.post)}
	post := func(path string, v url.Values) {
		v.Set("_token", d.formToken())
		t.method, t.path, t.body = "POST", path, v.Encode()
	}
	switch page {
	case "list":
		t.path = "/arbete/deltagare?visa=active"
		if n%4 == 0 && d.deeper.On != "" {
			t.path += "&efter=" + string(d.deeper.On) + "&id=" + d.deeper.ID.String()
		}
	case "view":
		t.path = "/arbete/person/" + d.people[n%len(d.people)].String()
	case "create":
		post("/arbete/ko/ny", url.Values{"given": {givenNames[n%len(givenNames)]}, "family": {familyNames[n/7%len(familyNames)]}, "birth": {"1980"}, "sex": {"1"},
			"phone": {"0700-00 00 00"}, "reach": {"phone"}, "language": {"sv"}, "kind": {"remiss"}, "reason": {"work"}, "sender": {"a1"}, "why": {"Vill komma igång"}, "another": {"yes"}}) // without a number, and asked about namesakes already
	case "mine":
		t.path = "/arbete/deltagare"
	case "queue":
		t.path = "/arbete/ko"
		if n%4 == 0 && d.queued.on != "" {
			t.path += "?efter=" + d.queued.on + "&id=" + id.Person(d.queued.id).String() + "&n=51"
		}
	case "number":
		post("/arbete/sok", url.Values{"q": {testNumbers[n%50]}})
	case "name":
		post("/arbete/sok", url.Values{"q": {askedName(n)}})
	case "name and year": // finds about as many at both sizes: hardly anybody
		post("/arbete/sok", url.Values{"q": {askedName(n) + " 1974"}})
	case "starts":
		t.path = "/arbete/gruppstarter"
	case "start":
		t.path = "/arbete/gruppstarter/" + id.Person(d.start).String()
	case "flow":
		t.path = "/arbete/flode"
	}
	return t
}

// askedName is what is typed to find somebody: the beginning of a given name, and a family name.
func askedName(n int) string {
	rnd := rand.New(rand.NewPCG(uint64(n), 3))
	return givenNames[n%len(givenNames)][:4] + " " + familyName(rnd.IntN)
}
