package walk

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/oidc"
	"sluss/internal/oidc/oidctest"
	"sluss/internal/org"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/trusted"
	"sluss/internal/web/trust"
)

// questions are the ways to ask. Each known one is of somebody who is, or has been, here.
func (s *site) questions(t testing.TB) []*question {
	t.Helper()
	list := append(s.atTheDoor(t), s.byPasskey(t)...)
	list = append(list, s.byAddress(t)...)
	list = append(list, s.byForm()...)
	list = append(list, s.fromElsewhere(t)...)
	return append(list, s.bySystem(t)...)
}

// sent is a form sent by nobody.
func (s *site) sent(path string, fields url.Values) *http.Request {
	return (&visitor{site: s}).formRequest(path, fields)
}

// fresh is a secret of so many bytes in an address, of the area and nobody's.
func (s *site) fresh(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b)
	return s.Place.Area.String() + "." + base64.RawURLEncoding.EncodeToString(b)
}

func (s *site) atTheDoor(t testing.TB) []*question {
	number, _ := s.letter(t, "active")
	ended, err := s.kit.Signin.BeginOwn(context.WithoutCancel(t.Context()), s.Place.Area, s.people["active"].id, "sv")
	must(t, err)
	must(t, s.kit.Signin.End(context.WithoutCancel(t.Context()), ended))
	cookie := func(method, path string) func(t testing.TB, q *question, known bool) *http.Request {
		return func(_ testing.TB, _ *question, known bool) *http.Request {
			v := &visitor{site: s, cookie: s.fresh(32)}
			if known {
				v.cookie = ended
			}
			if method == http.MethodPost {
				return v.formRequest(path, url.Values{"_stay": {"1"}})
			}
			return v.request(method, path, nil)
		}
	}
	return []*question{
		{routes: []string{"POST /in"}, about: "a letter's number", code: 422, ask: func(_ testing.TB, q *question, known bool) *http.Request {
			asked := "00000000"
			if known {
				asked = number
			}
			q.hides = []string{asked}
			return s.sent("/in", url.Values{"number": {asked}, "secret": {"11112222"}})
		}},
		{routes: []string{"POST /kvar"}, about: "a session that is over", code: 403, ask: cookie("POST", "/kvar")},
		{routes: []string{"GET /min"}, about: "a session that is over", code: 303, ask: cookie("GET", "/min")},
	}
}

// byPasskey answers with a passkey that was never made here, for somebody who has one and for nobody.
func (s *site) byPasskey(t testing.TB) []*question {
	ask := func(path, kept string, begin func() (signin.Challenge, error), user func(known bool) []byte) func(t testing.TB, q *question, known bool) *http.Request {
		return func(t testing.TB, _ *question, known bool) *http.Request {
			c, err := begin()
			must(t, err)
			k := newToken(t)
			k.user = user(known)
			r := s.sent(path, url.Values{"answer": {k.answer(t, "get", c.Options)}})
			r.AddCookie(&http.Cookie{Name: kept, Value: c.Cookie})
			return r
		}
	}
	handle := func(who int64, end ...byte) []byte {
		return append(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(s.Place.Area)), uint64(who)), end...)
	}
	p := s.people["active"]
	var worker id.Worker
	s.read(t, func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2`), []any{s.Place.Area, s.Place.Posts["lena"]}, &worker)
	})
	of := func(known bool, who int64) int64 {
		if known {
			return who
		}
		return who + 1
	}
	return []*question{
		{routes: []string{"POST /in/nyckel"}, about: "a person's passkey", code: 422, ask: ask("/in/nyckel", "own-in", s.kit.Signin.AskInOwn,
			func(known bool) []byte { return handle(of(known, int64(p.id)), 'p') })},
		{routes: []string{"POST /arbete/in"}, about: "a worker's passkey", code: 422, ask: ask("/arbete/in", "passkey-in", s.kit.Signin.AskIn,
			func(known bool) []byte { return handle(of(known, int64(worker))) })},
	}
}

// byAddress asks for addresses that held a secret once, and for such that never did.
func (s *site) byAddress(t testing.TB) []*question {
	t.Helper()
	ctx, me := context.WithoutCancel(t.Context()), s.own(t, s.people["active"])
	me.Declare(access.OwnRecord, access.Read, access.Write)
	m, err := (&trusted.Desk{Store: s.Store}).Make(ctx, me, me.Themself(), trusted.Form{Reader: "x", Days: 7})
	must(t, err)
	me = s.own(t, s.people["active"])
	me.Declare(access.OwnRecord, access.Read, access.Write)
	closed, err := s.kit.Signin.RenewFeed(ctx, me)
	must(t, err)
	used := s.inviting(t, "samar")
	s.write(t, func(tx *store.Tx) error {
		for _, q := range []store.SQL{store.Q(`UPDATE invite SET used_at = $1`), store.Q(`UPDATE feed SET ended_at = $1`), store.Q(`UPDATE trusted_link SET ended_at = $1`)} {
			if _, err := tx.Exec(ctx, q, int64(s.Now())); err != nil {
				return err
			}
		}
		return nil
	})
	at := func(method, before, secret string, bytes int) func(testing.TB, *question, bool) *http.Request {
		return func(_ testing.TB, q *question, known bool) *http.Request {
			asked := s.fresh(bytes)
			if known {
				asked = secret
			}
			q.hides = []string{asked, url.QueryEscape(asked)}
			if method == http.MethodPost {
				return s.sent(before+asked, url.Values{"code": {"1"}, "answer": {"x"}})
			}
			return (&visitor{site: s}).request(method, before+asked, nil)
		}
	}
	return []*question{
		{routes: []string{"GET /in/{token}"}, about: "an invitation that is used", code: 404, ask: at("GET", "/in/", used, 16)},
		{routes: []string{"POST /in/{token}"}, about: "an invitation that is used", code: 404, ask: at("POST", "/in/", used, 16)},
		{routes: []string{"GET /kalender/{token}"}, about: "an address that is closed", code: 404, ask: at("GET", "/kalender/", closed, 16)},
		{routes: []string{"GET /delad/{secret}"}, about: "a link that has ended", code: 404, ask: at("GET", trust.At, m.Token, signin.LinkBytes)},
		{routes: []string{"POST /delad/{secret}"}, about: "a link that has ended", code: 404, ask: at("POST", trust.At, m.Token, signin.LinkBytes)},
	}
}

// byForm asks on the pages for everybody with the name and telephone number of somebody who takes part.
func (s *site) byForm() (list []*question) {
	p := s.people["active"]
	for _, path := range []string{"borja", "ring", "hjalp"} {
		list = append(list, &question{routes: []string{"POST /v/{gateway}/" + path}, about: "somebody who takes part", code: 303, ask: func(_ testing.TB, _ *question, known bool) *http.Request {
			f := url.Values{"name": {"Ingen Alls"}, "phone": {"0731-40 99 99"}, "by": {"A"}, "byreach": {"B"}, "knows": {"yes"}, "language": {"sv"}, "u": {"x"}, "_once": {s.fresh(9)}}
			if known {
				f.Set("name", p.form.Person.Given+" "+p.form.Person.Family)
				f.Set("phone", p.form.Person.Phone)
				f.Set("wish", p.form.Person.Number.Reveal())
			} else {
				f.Set("wish", testnumbers.All()[7])
			}
			return s.sent("/v/vuxenslussen/"+path, f)
		}})
	}
	return append(list, &question{routes: []string{"POST /v/{gateway}/tyck-till"}, about: "somebody who takes part", code: 200, ask: func(_ testing.TB, _ *question, known bool) *http.Request {
		f := url.Values{"kind": {"complaint"}, "about": {"house"}, "words": {"0731-40 99 99"}, "reach": {"0731-40 99 99"}, "_once": {s.fresh(9)}}
		if known {
			f.Set("words", p.form.Person.Phone)
			f.Set("reach", p.form.Person.Phone)
		}
		return s.sent("/v/vuxenslussen/tyck-till", f)
	}})
}

// fromElsewhere comes back from a broker with a number, and from an agency with an account, that has let somebody in and does no more;
// and tells that an account has signed out.
func (s *site) fromElsewhere(t testing.TB) []*question {
	t.Helper()
	ctx, from := context.WithoutCancel(t.Context()), oidctest.New(t)
	from.Now = s.clock
	in := s.kit.Signin
	config := oidc.Config{Issuer: from.URL, ClientID: oidctest.Client, Secret: oidctest.Secret, AMR: []string{"mfa"}}
	broker, agency := config, config
	broker.Redirect, broker.Number = "http://localhost:8080"+signin.OwnBack, true
	agency.Redirect = "http://localhost:8080" + signin.AgencyBack
	gone, _ := s.somebody(t, "weeded", "karin", " ")
	s.write(t, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`UPDATE person SET weeded_at = $3, number_index = NULL WHERE area_id = $1 AND person_id = $2`), s.Place.Area, gone.id, int64(s.Now()))
		return err
	})
	in.EIDs = []signin.EID{{Area: s.Place.Area, Way: "bankid", Name: "BankID", Provider: oidc.New(broker, s.clock)}}
	municipality := s.Place.Agencies[org.KindMunicipality]
	in.Providers = []signin.Provider{{Area: s.Place.Area, Agency: municipality, Name: "Ekhamra kommun", Provider: oidc.New(agency, s.clock)}}
	number := ""
	from.Change = func(token *oidctest.Token) { token.Claims["https://id.oidc.se/claim/personalIdentityNumber"] = number }
	back := func(address, path, kept, cookie string) *http.Request {
		u, err := url.Parse(address)
		must(t, err)
		r := (&visitor{site: s}).request("GET", path+"?"+from.Come(u.Query()).Encode(), nil)
		r.AddCookie(&http.Cookie{Name: kept, Value: cookie})
		return r
	}
	for _, who := range []string{"britt", "samar"} {
		must(t, in.End(ctx, s.tied(t, from, in, municipality, who)))
	}
	s.write(t, func(tx *store.Tx) error { return org.EndPost(ctx, tx, s.Place.Area, s.Place.Posts["britt"], s.Now()) })
	account := func(known bool, who string) {
		if from.Subject = "nobody"; known {
			from.Subject = who
		}
	}
	return []*question{
		{routes: []string{"GET " + signin.OwnBack}, about: "somebody whose record is destroyed", code: 200, ask: func(t testing.TB, q *question, known bool) *http.Request {
			if number = testnumbers.All()[7]; known {
				number = gone.form.Person.Number.Reveal()
			}
			address, cookie, err := in.AskEID(ctx, "bankid", false)
			must(t, err)
			return back(address, signin.OwnBack, "own-eid", cookie)
		}},
		{routes: []string{"GET " + signin.AgencyBack}, about: "an account of somebody whose work has ended", code: 422, ask: func(t testing.TB, q *question, known bool) *http.Request {
			account(known, "britt")
			address, cookie, err := in.AskAgency(ctx, municipality, signin.Invited{})
			must(t, err)
			return back(address, signin.AgencyBack, "agency", cookie)
		}},
		{routes: []string{"POST " + signin.AgencyOut}, about: "an account of somebody who works here", code: 200, ask: func(t testing.TB, q *question, known bool) *http.Request {
			account(known, "samar")
			return s.sent(signin.AgencyOut, url.Values{"logout_token": {from.Logout(nil)}})
		}},
	}
}

// tied gives a worker an account at the agency, by an invitation, and the cookie of the session that this begins.
func (s *site) tied(t testing.TB, from *oidctest.Provider, in *signin.Desk, agency id.Agency, who string) (session string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	v, err := in.Invited(ctx, s.inviting(t, who))
	must(t, err)
	from.Subject = who
	address, cookie, err := in.AskAgency(ctx, agency, v)
	must(t, err)
	u, err := url.Parse(address)
	must(t, err)
	session, _, err = in.Back(ctx, cookie, from.Come(u.Query()), "sv")
	must(t, err)
	return session
}

// inviting makes a worker an invitation.
func (s *site) inviting(t testing.TB, who string) (token string) {
	t.Helper()
	s.write(t, func(tx *store.Tx) (err error) {
		var worker id.Worker
		if err := tx.One(t.Context(), store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2`), []any{s.Place.Area, s.Place.Posts[who]}, &worker); err != nil {
			return err
		}
		token, err = s.kit.Signin.Invite(t.Context(), tx, s.Place.Area, worker, s.Now())
		return err
	})
	return token
}

// bySystem asks for a pass with a wrong secret, and sends a referral of somebody.
func (s *site) bySystem(t testing.TB) []*question {
	x := s.system(t, signin.Scopes...)
	x.enter(t, x.secret.Secret)
	p := s.people["active"]
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	request := func(path, body string, h map[string]string) *http.Request {
		r := httptest.NewRequest("POST", "http://localhost"+path, strings.NewReader(body))
		for k, v := range h {
			r.Header.Set(k, v)
		}
		return r
	}
	n := 0
	return []*question{
		{routes: []string{"POST /api/v1/token"}, about: "a client", code: 401, ask: func(_ testing.TB, _ *question, known bool) *http.Request {
			client := s.Place.Area.String() + "." + id.New[struct{}](s.Now()).String()
			if known {
				client = x.secret.Client
			}
			return request("/api/v1/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {client}, "client_secret": {s.fresh(32)[2:]}}.Encode(), form)
		}},
		{routes: []string{"POST /api/v1/referrals"}, about: "somebody who takes part", code: 201, ask: func(t testing.TB, _ *question, known bool) *http.Request {
			body := referredBody("", "")
			if known {
				body = strings.ReplaceAll(referredBody("personal_number", `"`+p.form.Person.Number.Dashed()+`"`), wished+" "+wished+"son", p.form.Person.Given+" "+p.form.Person.Family)
			}
			if n++; n%100 == 0 { // a minute goes by
				s.mux = siteAt(t, s.World, s.clock).mux
			}
			return request("/api/v1/referrals", body, map[string]string{"Authorization": "Bearer " + x.pass, "Idempotency-Key": fmt.Sprint("alike", n), "Content-Type": "application/json"})
		}},
	}
}
