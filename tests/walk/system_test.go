package walk

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/web"
)

// system is a program of another agency, and what it holds the description that is served against.
type system struct {
	site   *site
	secret signin.Secret
	pass   string
	spec   map[string]any
	seen   map[string]bool // what was answered: the operation and status
}

// systems has omar let a system in, which sends somebody.
func (s *site) systems(t testing.TB) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	made, err := s.kit.Signin.AddSystem(ctx, s.Actor(t, "omar"), signin.NewSystem{Name: "Handläggarstödet", Unit: s.Place.Senders["Ekonomiskt bistånd"], Scopes: signin.Scopes})
	must(t, err)
	_, s.offered["system"], _ = strings.Cut(made.Client, ".")
	pass, _, err := s.kit.Signin.Pass(ctx, made)
	must(t, err)
	actor, _, err := s.kit.Signin.FindSystem(ctx, pass, "walk")
	must(t, err)
	a, _, err := (&application.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}).Send(ctx, actor, application.Sending{Key: "1", Form: application.Form{Knows: true,
		Words: application.Words{Name: wished + " " + wished + "son", By: wished, ByReach: wished, Wish: wished,
			Referral: application.Referral{Number: "19850709-9805", As: referral.Remiss, Reason: "work", Why: wished}}}})
	must(t, err)
	s.asked["sent"] = a.String()
}

// system has omar let a system of Ekonomiskt bistånd in.
func (s *site) system(t testing.TB, scopes ...string) *system {
	t.Helper()
	made, err := s.kit.Signin.AddSystem(context.WithoutCancel(t.Context()), s.Actor(t, "omar"), signin.NewSystem{Name: "Stödet", Unit: s.Place.Senders["Ekonomiskt bistånd"], Scopes: scopes})
	must(t, err)
	x := &system{site: s, secret: made, seen: map[string]bool{}}
	res := x.send("GET", "/api/v1/openapi.json", "", nil)
	must(t, json.Unmarshal(res.Body.Bytes(), &x.spec))
	return x
}

func (x *system) send(method, path, body string, h map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	for k, v := range h {
		if v != "" {
			r.Header.Set(k, v)
		}
	}
	w := httptest.NewRecorder()
	x.site.mux.ServeHTTP(w, r)
	return w
}

// enter gets a pass.
func (x *system) enter(t testing.TB, secret string) *httptest.ResponseRecorder {
	t.Helper()
	res := x.send("POST", "/api/v1/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {x.secret.Client}, "client_secret": {secret}}.Encode(),
		map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
	x.holds(t, "post", "/api/v1/token", res)
	var got struct {
		Pass string `json:"access_token"`
	}
	_ = json.Unmarshal(res.Body.Bytes(), &got)
	if got.Pass != "" {
		x.pass = got.Pass
	}
	return res
}

func (x *system) refer(t testing.TB, key, body string) *httptest.ResponseRecorder {
	t.Helper()
	res := x.send("POST", "/api/v1/referrals", body, map[string]string{"Authorization": "Bearer " + x.pass, "Idempotency-Key": key, "Content-Type": "application/json"})
	x.holds(t, "post", "/api/v1/referrals", res)
	return res
}

func (x *system) read(t testing.TB, id string) *httptest.ResponseRecorder {
	t.Helper()
	res := x.send("GET", "/api/v1/referrals/"+id, "", map[string]string{"Authorization": "Bearer " + x.pass})
	x.holds(t, "get", "/api/v1/referrals/{referral}", res)
	return res
}

// holds holds an answer against the description: its status, its kind and each field.
func (x *system) holds(t testing.TB, method, path string, res *httptest.ResponseRecorder) {
	t.Helper()
	what := fmt.Sprintf("%s %s %d", method, path, res.Code)
	x.seen[what] = true
	answers := within(x.spec, "paths", path, method, "responses", strconv.Itoa(res.Code), "content")
	kind, _, _ := mime.ParseMediaType(res.Header().Get("Content-Type"))
	media, ok := answers[kind].(map[string]any)
	if !ok {
		t.Errorf("%s as %s is not described: %s", what, kind, res.Body)
		return
	}
	var got any
	if err := json.Unmarshal(res.Body.Bytes(), &got); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	for _, wrong := range fits(media["schema"].(map[string]any), got, "answer") {
		t.Errorf("%s: %s", what, wrong)
	}
	for _, h := range []string{"Set-Cookie", "Access-Control-Allow-Origin"} {
		if v := res.Header().Get(h); v != "" {
			t.Errorf("%s sets %s: %s", what, h, v)
		}
	}
	if res.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%s may be kept", what)
	}
}

// within goes down in a document; an empty one where there is nothing.
func within(d map[string]any, path ...string) map[string]any {
	for _, p := range path {
		d, _ = d[p].(map[string]any)
	}
	return d
}

// fits says how a value differs from a schema. A word of a schema that it does not know differs too.
func fits(schema map[string]any, v any, at string) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	for word := range schema {
		if !slices.Contains([]string{"type", "description", "properties", "required", "additionalProperties", "items", "enum", "format", "maxLength"}, word) {
			say("the test does not know %s", word)
		}
	}
	is := map[string]bool{}
	switch x := v.(type) {
	case string:
		is["string"] = true
		if list, ok := schema["enum"].([]any); ok && !slices.Contains(list, any(x)) {
			say("%q is none of %v", x, list)
		}
		if _, err := clock.ParseDate(x); schema["format"] == "date" && err != nil {
			say("%q is no day", x)
		}
	case float64:
		is["integer"] = x == float64(int(x))
	case bool:
		is["boolean"] = true
	case []any:
		is["array"] = true
		for _, y := range x {
			wrong = append(wrong, fits(within(schema, "items"), y, at+"[]")...)
		}
	case map[string]any:
		is["object"] = true
		known := within(schema, "properties")
		for name, y := range x {
			if s, ok := known[name].(map[string]any); ok {
				wrong = append(wrong, fits(s, y, at+"."+name)...)
			} else if schema["additionalProperties"] == false {
				say("%s is not described", name)
			}
		}
		list, _ := schema["required"].([]any)
		for _, name := range list {
			if _, ok := x[name.(string)]; !ok {
				say("%s is missing", name)
			}
		}
	}
	if kind, _ := schema["type"].(string); !is[kind] {
		say("%v is no %v", v, schema["type"])
	}
	return wrong
}

// referredBody is a referral of somebody nobody knows, with one field changed.
func referredBody(field, value string) string {
	m := map[string]any{"name": wished + " " + wished + "son", "personal_number": "19850709-9805", "phone": "070-174 06 21", "kind": "remiss", "reason": "work", "why": wished,
		"sender": wished, "sender_reach": "0300-55 03 01", "person_knows": true, "protected_identity": false}
	if field != "" {
		var v any
		if json.Unmarshal([]byte(value), &v) != nil {
			delete(m, field)
		} else {
			m[field] = v
		}
	}
	b, _ := json.Marshal(m)
	return string(b)
}

func idOf(res *httptest.ResponseRecorder) string {
	var got struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(res.Body.Bytes(), &got)
	return got.ID
}

// TestEveryAnswerToASystemIsAsDescribed: good and bad, and each that the description has but those of a fault that is ours.
func TestEveryAnswerToASystemIsAsDescribed(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		x, reads := s.system(t, signin.Scopes...), s.system(t, signin.MayRead)
		x.refer(t, "0", referredBody("", ""))
		x.read(t, "0")
		x.enter(t, "wrong")
		x.enter(t, reads.secret.Secret)
		x.enter(t, x.secret.Secret)
		x.read(t, "0")
		reads.enter(t, reads.secret.Secret)
		reads.refer(t, "1", referredBody("", ""))
		x.seen["post /api/v1/referrals 403"] = reads.seen["post /api/v1/referrals 403"]
		narrow := s.system(t, signin.Scopes...)
		res := narrow.send("POST", "/api/v1/token", url.Values{"grant_type": {"client_credentials"}, "scope": {signin.MayRead}, "client_id": {narrow.secret.Client}, "client_secret": {narrow.secret.Secret}}.Encode(),
			map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
		var pass struct {
			Token string `json:"access_token"`
			Scope string `json:"scope"`
		}
		must(t, json.Unmarshal(res.Body.Bytes(), &pass))
		narrow.pass = pass.Token
		if got := narrow.refer(t, "1", referredBody("", "")); pass.Scope != signin.MayRead || got.Code != 403 {
			t.Errorf("a pass asked for to read is for %q, and sending is answered with %d", pass.Scope, got.Code)
		}
		sends := s.system(t, signin.MaySend)
		sends.enter(t, sends.secret.Secret)
		sends.read(t, "0")
		x.seen["get /api/v1/referrals/{referral} 403"] = sends.seen["get /api/v1/referrals/{referral} 403"]
		for name, body := range map[string]string{"none": "", "another grant": "grant_type=password", "too much": "grant_type=client_credentials&scope=everything&client_id=" + x.secret.Client + "&client_secret=" + x.secret.Secret,
			"large": "a=" + strings.Repeat("x", 100<<10)} {
			res := x.send("POST", "/api/v1/token", body, map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
			if x.holds(t, "post", "/api/v1/token", res); res.Code != 400 && res.Code != 413 {
				t.Error(name, res.Code)
			}
		}
		made := x.refer(t, "1", referredBody("", ""))
		if made.Code != 201 || x.read(t, idOf(made)).Code != 200 {
			t.Fatal(made.Body)
		}
		if again := x.refer(t, "1", referredBody("", "")); again.Body.String() != made.Body.String() || again.Code != 201 {
			t.Errorf("again: %d %s", again.Code, again.Body)
		}
		for field, value := range map[string]string{"name": ``, "kind": `"egen"`, "reason": `"x"`, "language": `"xx"`, "reply_by": `"soon"`, "why": `"` + strings.Repeat("x", 2001) + `"`,
			"person_knows": `false`, "protected_identity": `true`, "personal_number": `"19850709-9806"`, "sender": `""`} {
			res := x.refer(t, "bad"+field, referredBody(field, value))
			var p web.Problem
			must(t, json.Unmarshal(res.Body.Bytes(), &p))
			if res.Code != 422 || len(p.Errors) == 0 || p.Errors[0].Field != field {
				t.Errorf("%s = %s: %d %s", field, value, res.Code, res.Body)
			}
		}
		for name, c := range map[string]struct {
			key, body string
			code      int
		}{"another body": {"1", referredBody("why", `"x"`), 409}, "no key": {"", referredBody("", ""), 400}, "no JSON": {"2", "x", 400}, "a field more": {"2", referredBody("admin", "true"), 400},
			"two": {"2", referredBody("", "") + "{}", 400}, "ten megabytes": {"2", referredBody("why", `"`+strings.Repeat("x", 10<<20)+`"`), 413}} {
			if res := x.refer(t, c.key, c.body); res.Code != c.code {
				t.Errorf("%s: %d %s", name, res.Code, res.Body)
			}
		}
		for range 130 {
			x.read(t, idOf(made))
			x.send("POST", "/api/v1/token", "", nil)
		}
		x.refer(t, "3", referredBody("", ""))
		x.enter(t, "wrong")
		for path, item := range within(x.spec, "paths") {
			for method, op := range item.(map[string]any) {
				for status := range within(op.(map[string]any), "responses") {
					what := method + " " + path + " " + status
					if !x.seen[what] && status < "500" && path != "/api/v1/openapi.json" {
						t.Errorf("the description has %s, which nothing here was answered", what)
					}
				}
			}
		}
		if res := x.send("DELETE", "/api/v1/referrals", "", nil); res.Code != 404 || !strings.HasPrefix(res.Header().Get("Content-Type"), "application/problem+json") {
			t.Error(res.Code, res.Header())
		}
	})
}

// TestASystemSeesOnlyWhatItSent: with every id in the world, of every referral, by a system that has sent one; and it is logged.
func TestASystemSeesOnlyWhatItSent(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		x, other := s.system(t, signin.Scopes...), s.system(t, signin.Scopes...)
		x.enter(t, x.secret.Secret)
		other.enter(t, other.secret.Secret)
		mine := idOf(x.refer(t, "1", referredBody("", "")))
		ctx, d := context.WithoutCancel(t.Context()), &application.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
		var a application.ID
		must(t, a.UnmarshalText([]byte(mine)))
		_, err := d.Accept(ctx, s.Actor(t, "karin"), a, 1, referral.Form{Kind: referral.Remiss, Reason: "work",
			Person: person.Person{Identity: person.Identity{Given: wished, Family: wished}, Contact: person.Contact{Phone: "070-174 06 21"}}})
		must(t, err)
		watch := s.watch(t)
		if res := x.read(t, mine); res.Code != 200 || strings.Contains(res.Body.String(), wished) {
			t.Error(res.Code, res.Body)
		}
		if log := watch.disclosed(t); len(log) != 1 {
			t.Errorf("the log has %v", log)
		}
		missing := x.read(t, "0").Body.String()
		for _, p := range s.people {
			for _, k := range p.ids {
				for _, by := range []*system{x, other} {
					res := by.read(t, url.PathEscape(k))
					if res.Code == 429 {
						s.Pass(1)
						x.enter(t, x.secret.Secret)
						other.enter(t, other.secret.Secret)
						res = by.read(t, url.PathEscape(k))
					}
					if res.Code != 404 || res.Body.String() != missing {
						t.Errorf("%s: %d %s", k, res.Code, res.Body)
					}
				}
			}
		}
		s.Pass(1)
		other.enter(t, other.secret.Secret)
		if res := other.read(t, mine); res.Code != 404 || res.Body.String() != missing {
			t.Errorf("another system's: %d %s", res.Code, res.Body)
		}
		for _, cookie := range []string{"lena", "karin", "omar"} {
			v := s.enter(t, cookie)
			r := v.request("GET", "/api/v1/referrals/"+mine, nil)
			if res := v.send(r); res.Code != 401 {
				t.Errorf("a session of %s opens: %d", cookie, res.Code)
			}
		}
		x.enter(t, x.secret.Secret)
		must(t, s.kit.Signin.EndSystem(ctx, s.Actor(t, "omar"), postOf(t, x)))
		if res := x.read(t, mine); res.Code != 401 {
			t.Errorf("ended: %d", res.Code)
		}
		if res := x.enter(t, x.secret.Secret); res.Code != 401 {
			t.Errorf("ended gets a pass: %d", res.Code)
		}
	})
}

func postOf(t testing.TB, x *system) (p id.Post) {
	t.Helper()
	_, post, _ := strings.Cut(x.secret.Client, ".")
	must(t, p.UnmarshalText([]byte(post)))
	return p
}

func TestTheSameReferralSentManyTimesAtOnceIsOne(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		x := s.system(t, signin.Scopes...)
		x.enter(t, x.secret.Secret)
		answers := make([]*httptest.ResponseRecorder, 64)
		var wait sync.WaitGroup
		for i := range answers {
			wait.Go(func() {
				answers[i] = x.send("POST", "/api/v1/referrals", referredBody("", ""), map[string]string{"Authorization": "Bearer " + x.pass, "Idempotency-Key": "1", "Content-Type": "application/json"})
			})
		}
		wait.Wait()
		for _, res := range answers {
			if res.Code != http.StatusCreated || res.Body.String() != answers[0].Body.String() {
				t.Errorf("%d %s", res.Code, res.Body)
			}
		}
		var n int
		var earlier application.ID
		must(t, earlier.UnmarshalText([]byte(s.asked["sent"])))
		must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT count(*) FROM application WHERE area_id = $1 AND kind = 'sent' AND application_id <> $2`), []any{s.Place.Area, earlier}, &n)
		}))
		if n != 1 {
			t.Errorf("%d were kept", n)
		}
	})
}
