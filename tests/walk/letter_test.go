package walk

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sluss/internal/web"
)

// ways are those by which people of the walk sign in: a letter whose code is told, two by which one chooses, and a passkey.
type ways struct {
	number, code string
	choose       [2]string // what a browser keeps
	key          *token
}

const pin = "735104"

// letters gives some people letters: one who has it yet to use, two who choose, one who has chosen a passkey, one who has a PIN.
func (s *site) letters(t testing.TB) {
	t.Helper()
	ctx, in := context.WithoutCancel(t.Context()), s.kit.Signin
	used := func(key string) string {
		number, code := s.letter(t, key)
		tried, err := in.Try(ctx, number, code, "sv", false)
		must(t, err)
		return tried.Choose
	}
	s.ways.number, s.ways.code = s.letter(t, "active")
	s.ways.choose = [2]string{used("booked"), used("resting")}
	c, err := in.Choosing(ctx, used("waiting"))
	must(t, err)
	asked, err := in.AskOwn(c, "Min väg")
	must(t, err)
	s.ways.key = newToken(t)
	_, err = in.ChooseKey(ctx, c, asked.Cookie, s.ways.key.answer(t, "create", asked.Options), "sv")
	must(t, err)
}

// letter gives one of the people a letter and tells its code.
func (s *site) letter(t testing.TB, key string) (number, code string) {
	t.Helper()
	ctx, who := context.WithoutCancel(t.Context()), s.people[key].id
	number, err := s.kit.Signin.Give(ctx, s.Actor(t, "karin"), who)
	must(t, err)
	code, err = s.kit.Signin.Tell(ctx, s.Actor(t, "karin"), who, "document")
	must(t, err)
	return number, code
}

// waysIn are the forms on the way in, which show only to who has a letter or a passkey.
func (s *site) waysIn(t testing.TB) []form {
	t.Helper()
	ctx, in := context.WithoutCancel(t.Context()), s.kit.Signin
	asked, err := in.AskInOwn()
	must(t, err)
	c, err := in.Choosing(ctx, s.ways.choose[1])
	must(t, err)
	made, err := in.AskOwn(c, "Min väg")
	must(t, err)
	return []form{
		{action: "/in", fields: url.Values{"number": {s.ways.number}, "secret": {s.ways.code}}},
		{action: "/in/nyckel", fields: url.Values{"answer": {s.ways.key.answer(t, "get", asked.Options)}}, kept: map[string]string{"own-in": asked.Cookie}},
		{action: "/in/valj", fields: url.Values{"pin": {pin}, "again": {pin}}, kept: map[string]string{"own-choose": s.ways.choose[0]}},
		{action: "/in/valj/nyckel", fields: url.Values{"answer": {newToken(t).answer(t, "create", made.Options)}},
			kept: map[string]string{"own-choose": s.ways.choose[1], "own-make": made.Cookie}},
	}
}

// TestTheDoorAnswersKnownAndUnknownAlike: in bytes, headers and cookies, whatever there is of a letter.
func TestTheDoorAnswersKnownAndUnknownAlike(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		withPIN, code := s.letter(t, "gone")
		tried, err := s.kit.Signin.Try(t.Context(), withPIN, code, "sv", false)
		must(t, err)
		c, err := s.kit.Signin.Choosing(t.Context(), tried.Choose)
		must(t, err)
		_, err = s.kit.Signin.ChoosePIN(t.Context(), c, pin, pin, "sv")
		must(t, err)
		untold, err := s.kit.Signin.Give(t.Context(), s.Actor(t, "karin"), s.people["drafted"].id)
		must(t, err)
		ended, _ := s.letter(t, "unwilling")
		must(t, s.kit.Signin.TakeBack(t.Context(), s.Actor(t, "karin"), s.people["unwilling"].id))
		ask := func(number, secret string) string {
			res := s.asking("/in", "sv", url.Values{"number": {number}, "secret": {secret}})
			if res.Code != 422 {
				t.Errorf("%s: %d", number, res.Code)
			}
			return strings.ReplaceAll(alike(same(res)), number, "NUMBER")
		}
		nobody := ask("00000000", "11112222")
		for name, number := range map[string]string{"a letter that waits": s.ways.number, "a PIN": withPIN, "no code told": untold, "taken back": ended} {
			for i := range 7 { // the last of them while it waits
				if got := ask(number, "11112222"); got != nobody {
					t.Errorf("%s, try %d, is answered\n%s\nand nobody's number\n%s", name, i, got, nobody)
				}
				if i%3 == 2 {
					s.refresh(t)
				}
			}
		}
	})
}

var (
	onceOptions = regexp.MustCompile(`data-options="[^"]*"`)
	onceCookie  = regexp.MustCompile(`own-in=[^;]*`)
)

// alike is an answer without what is random in it: the question to a passkey.
func alike(answer string) string {
	answer = onceOptions.ReplaceAllString(answer, "OPTIONS")
	return onceCookie.ReplaceAllString(answer, "own-in=COOKIE")
}

func TestManyMistakesFromOneAddressWaitAndShutNobodyElseOut(t *testing.T) {
	s := plainSite(t)
	s.somebody(t, "active", "karin", adults)
	number, _ := s.letter(t, "active")
	from := func(address, secret string) int {
		v := &visitor{site: s}
		r := v.formRequest("/in", url.Values{"number": {number}, "secret": {secret}})
		r.RemoteAddr = address + ":1"
		return v.send(r).Code
	}
	last := 0
	for range 40 {
		last = from("192.0.2.1", "1")
	}
	if last != 429 {
		t.Errorf("the fortieth mistake is answered %d", last)
	}
	number, code := s.letter(t, "active") // those mistakes have made the first one wait
	if got := from("192.0.2.2", code); got != 303 {
		t.Errorf("another address is answered %d", got)
	}
}

func TestTooMuchAtTheDoorIsRefusedUnread(t *testing.T) {
	s := plainSite(t)
	for _, path := range []string{"/in", "/in/valj", "/in/nyckel", "/in/valj/nyckel"} {
		if res := s.asking(path, "sv", url.Values{"number": {strings.Repeat("x", 10<<20)}}); res.Code != 413 {
			t.Errorf("ten megabytes to %s: %d", path, res.Code)
		}
	}
	if res := s.asking("/in", "sv", url.Values{"number": {strings.Repeat("x", 300)}, "secret": {"1"}}); res.Code != 422 {
		t.Errorf("a long number: %d", res.Code)
	}
}

// TestALanguageIsChosenAtTheDoorAlsoAfterAPasskeyWasRefused: the links lead to the door, and not to where the passkey was sent.
func TestALanguageIsChosenAtTheDoorAlsoAfterAPasskeyWasRefused(t *testing.T) {
	s := plainSite(t)
	body := s.asking("/in/nyckel", "sv", nil).Body.String()
	if strings.Contains(body, `href="/in/nyckel?`) || !strings.Contains(body, `href="/in?lang=ar"`) {
		t.Errorf("the page is\n%s", body)
	}
}

// TestStaffDoNotSeeWhetherALetterIsUsed: the page about the letter is the same before and after it was used.
func TestStaffDoNotSeeWhetherALetterIsUsed(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		page := func() string {
			return tag.ReplaceAllString(s.enter(t, "karin").get("/arbete/person/"+s.people["active"].ids["person"]+"/inloggning").Body.String(), "")
		}
		before := page()
		tried, err := s.kit.Signin.Try(t.Context(), s.ways.number, s.ways.code, "sv", false)
		must(t, err)
		used := page()
		c, err := s.kit.Signin.Choosing(t.Context(), tried.Choose)
		must(t, err)
		_, err = s.kit.Signin.ChoosePIN(t.Context(), c, pin, pin, "sv")
		must(t, err)
		if chosen := page(); used != before || chosen != before {
			t.Errorf("the page tells that the letter is used:\n%s\n%s\n%s", before, used, chosen)
		}
	})
}

func TestASessionBegunAtTheDoorIsANewOne(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		number, code := s.letter(t, "active")
		v := &visitor{site: s, cookie: "planted"}
		res := v.post("/in", url.Values{"number": {number}, "secret": {code}})
		r := v.formRequest("/in/valj", url.Values{"pin": {pin}, "again": {pin}})
		for _, c := range res.Result().Cookies() {
			r.AddCookie(c)
		}
		res = v.send(r)
		var session *http.Cookie
		for _, c := range res.Result().Cookies() {
			if c.Name == "sluss" {
				session = c
			}
		}
		if session == nil || session.Value == "planted" || !session.HttpOnly || session.SameSite != http.SameSiteLaxMode {
			t.Fatal(fmt.Sprint(res.Code, session))
		}
		v.cookie = session.Value
		if got := v.get("/min"); got.Code != 200 {
			t.Errorf("/min is answered %d", got.Code)
		}
		if res := v.get("/arbete"); res.Code != 303 || res.Header().Get("Location") != web.Door {
			t.Errorf("a person's session at the staff's door: %d", res.Code)
		}
	})
}

// TestAPasskeyOfOneKindOpensNoOtherDoor: a worker's key is no person's, nor the other way, nor is the question to one.
func TestAPasskeyOfOneKindOpensNoOtherDoor(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		in, ctx := s.kit.Signin, t.Context()
		staff, err := in.AskIn()
		must(t, err)
		own, err := in.AskInOwn()
		must(t, err)
		if _, err := in.InOwn(ctx, own.Cookie, s.passkey.answer(t, "get", own.Options), "sv"); err == nil {
			t.Error("a worker's passkey opens a person's door")
		}
		if _, _, err := in.In(ctx, staff.Cookie, s.ways.key.answer(t, "get", staff.Options), "sv"); err == nil {
			t.Error("a person's passkey opens the staff's door")
		}
		if _, err := in.InOwn(ctx, staff.Cookie, s.ways.key.answer(t, "get", staff.Options), "sv"); err == nil {
			t.Error("the staff's question is taken at the person's door")
		}
		if _, err := in.InOwn(ctx, own.Cookie, s.ways.key.answer(t, "get", own.Options), "sv"); err != nil {
			t.Error(err)
		}
		if _, err := in.InOwn(ctx, own.Cookie, s.ways.key.answer(t, "get", own.Options), "sv"); err == nil {
			t.Error("a question is answered twice")
		}
	})
}

func TestAPersonSeesWhoGaveTheirLetter(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		if text := s.themself(t, "active").get("/min").Body.String(); !strings.Contains(text, "Du fick ditt senaste brev 12 oktober 2026 av Karin") {
			t.Errorf("the page does not tell of the letter:\n%s", tag.ReplaceAllString(text, ""))
		}
	})
}

// TestAPINIsNotEnoughForWhatBinds: a yes to a step is taken from who has signed in by a passkey.
func TestAPINIsNotEnoughForWhatBinds(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		number, code := s.letter(t, "active")
		in, ctx := s.kit.Signin, t.Context()
		tried, err := in.Try(ctx, number, code, "sv", false)
		must(t, err)
		c, err := in.Choosing(ctx, tried.Choose)
		must(t, err)
		cookie, err := in.ChoosePIN(ctx, c, pin, pin, "sv")
		must(t, err)
		answer := url.Values{"_v": {"1"}, "to": {"2"}, "answer": {"yes"}}
		v := &visitor{site: s, cookie: cookie}
		v.token = tokenIn(v.get("/min").Body.String())
		if res := v.post("/min/steg", answer); res.Code != 403 || !strings.Contains(res.Body.String(), "loggat in med inloggningsnyckel") {
			t.Errorf("by a PIN: %d", res.Code)
		}
		if res := s.themself(t, "active").post("/min/steg", answer); res.Code == 403 {
			t.Errorf("signed in for sure: %d", res.Code)
		}
	})
}
