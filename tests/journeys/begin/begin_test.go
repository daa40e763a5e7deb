// Package begin walks the first hour of a new installation: set up, invited, signed in, stopped.
package begin

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := m.Run()
	harness.Clean()
	os.Exit(code)
}

// made sets up a municipality in a new database and gives the database and the head's invitation.
func made(t *testing.T) (db, token string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "sluss.db")
	link := harness.Must(t, "--db", db, "setup", "--municipality", "1415", "--unit", "Slussen", "--head", "Anna Berg", "--email", "anna.berg@example.se")
	_, token, ok := strings.Cut(link, "/in/")
	if !ok {
		t.Fatalf("setup printed %q", link)
	}
	return db, token
}

func serve(t *testing.T, db string, args ...string) string {
	t.Helper()
	url, _ := harness.Real(t, append([]string{"--db", db, "serve", "--listen", "localhost:0"}, args...)...)
	return url
}

func TestHeadComesInByTheInvitationAndThenByPasskey(t *testing.T) {
	db, token := made(t)
	url, b := serve(t, db), harness.Start(t)
	b.Passkeys()
	b.Go(url + "in/" + token + "?lang=sv")
	b.Check(t, "invite")
	b.Width(360)
	b.Check(t, "invite")
	b.Fill("#f-called", "Arbetsdatorn")
	b.Click("#passkey button")
	if b.URL() != url+"arbete" {
		t.Fatalf("the invitation led to %s:\n%s", b.URL(), b.Text("main"))
	}
	b.Go(url + "arbete/jag")
	b.Check(t, "me")
	if s := b.Text("main"); !strings.Contains(s, "Arbetsdatorn") || !strings.Contains(s, "den här webbläsaren") {
		t.Errorf("my page says:\n%s", s)
	}
	b.ClickText("Logga ut överallt")
	b.Forget()
	b.Go(url + "arbete/in")
	b.Check(t, "door")
	b.Width(1280)
	b.Check(t, "door")
	b.Go(url + "arbete/in?lang=ar")
	b.Check(t, "door-ar")
	b.Go(url + "arbete/in?lang=sv")
	b.Click("#passkey button")
	if b.URL() != url+"arbete" {
		t.Fatalf("the passkey led to %s:\n%s", b.URL(), b.Text("main"))
	}
	b.Go(url + "in/" + token)
	if s := b.Text("h1"); s != "Länken går inte att använda" {
		t.Errorf("a used invitation says %q", s)
	}
	b.Check(t, "invite-over")
}

// TestAKeyRemovedTwiceLeavesOneSignedIn: by a double click, and by two tabs. Between the presses the session becomes another one.
func TestAKeyRemovedTwiceLeavesOneSignedIn(t *testing.T) {
	db, token := made(t)
	url, b := serve(t, db), harness.Start(t)
	b.Passkeys()
	b.Go(url + "in/" + token + "?lang=sv")
	b.Click("#passkey button")
	more := "details:has(#passkey) > summary"
	for range 3 {
		b.Go(url + "arbete/jag")
		b.Click(more)
		harness.Eval[bool](b, `(() => { // as on another device, which holds no key of this worker's
			const d = document.querySelector('[data-kind=create]').dataset, o = JSON.parse(d.options)
			delete o.excludeCredentials; d.options = JSON.stringify(o); return true })()`)
		b.Click("#passkey button")
	}
	left := func() int {
		return harness.Eval[int](b, `document.querySelectorAll('form[action$="nyckel/bort"]').length`)
	}
	if n := left(); n != 4 {
		t.Fatalf("%d of four keys can be removed:\n%s", n, b.Text("main"))
	}
	if s := b.Text("main"); !strings.Contains(s, "Linux") || !strings.Contains(s, "Gjord ") {
		t.Errorf("a key that was given no name is told by\n%s", s)
	}
	b.Check(t, "me-keys")
	b.Twice(`form[action$="nyckel/bort"] button`)
	if s := b.Text("main"); b.URL() != url+"arbete/jag" || left() != 3 {
		t.Fatalf("a double click leads to %s:\n%s", b.URL(), s)
	}
	harness.Eval[int](b, `(async () => { // the other tab
		const page = new DOMParser().parseFromString(await (await fetch('/arbete/jag')).text(), 'text/html')
		const form = page.querySelector('form[action$="nyckel/bort"]')
		return (await fetch('/arbete/jag/nyckel/bort', { method: 'POST', body: new URLSearchParams(new FormData(form)) })).status })()`)
	b.Click(`form[action$="nyckel/bort"] button`)
	if s := b.Text("main"); b.URL() != url+"arbete/jag" || !strings.Contains(s, "redan borttagen") {
		t.Errorf("removed in another tab it says at %s:\n%s", b.URL(), s)
	}
}

func TestWaysInAreWellWritten(t *testing.T) {
	db, token := made(t)
	address, dir := serve(t, db), t.TempDir()
	var files []string
	for name, path := range map[string]string{"door": "arbete/in", "front": "", "invite": "in/" + token, "over": "in/x"} {
		_, _, body := get(t, http.DefaultClient, address+path)
		files = append(files, filepath.Join(dir, name+".html"))
		if err := os.WriteFile(files[len(files)-1], []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	harness.HTMLValidate(t, files)
}

func TestNewInvitationEndsTheOldPasskey(t *testing.T) {
	db, token := made(t)
	url, stop := harness.Real(t, "--db", db, "serve", "--listen", "localhost:0")
	old, b := harness.Start(t), harness.Start(t)
	old.Passkeys()
	b.Passkeys()
	old.Go(url + "in/" + token + "?lang=sv")
	old.Click("#passkey button")
	port := strings.TrimSuffix(url[strings.LastIndex(url, ":")+1:], "/")
	if r := stop(); r.Code != 0 {
		t.Fatalf("stopped with %d:\n%s", r.Code, r.Err)
	}
	first := token
	_, token, _ = strings.Cut(harness.Must(t, "--db", db, "staff", "invite", "--email", "anna.berg@example.se"), "/in/")
	url, _ = harness.Real(t, "--db", db, "serve", "--listen", "localhost:"+port)
	if token == first {
		t.Fatal("the same invitation twice")
	}
	b.Go(url + "in/" + token + "?lang=sv")
	if !strings.Contains(b.Text("main"), "den gamla") {
		t.Errorf("the page does not tell that the old passkey ends:\n%s", b.Text("main"))
	}
	b.Click("#passkey button")
	old.Go(url + "arbete/jag")
	if old.URL() != url+"arbete/in" {
		t.Errorf("the old session still leads to %s", old.URL())
	}
	old.Click("#passkey button")
	if s := old.Text("#faults"); !strings.Contains(s, "gick inte att använda") {
		t.Errorf("the old passkey was answered:\n%s", s)
	}
}

func TestDoorSaysThatPasskeysNeedScript(t *testing.T) {
	db, token := made(t)
	url, b := serve(t, db), harness.Start(t)
	b.ScriptOff()
	for _, path := range []string{"arbete/in", "in/" + token} {
		b.Go(url + path + "?lang=sv")
		b.Click("#passkey button")
		if s := b.Text("#faults"); !strings.Contains(s, "skript") {
			t.Errorf("/%s without script says %q", path, s)
		}
	}
}

func get(t *testing.T, c *http.Client, url string) (status int, head http.Header, body string) {
	t.Helper()
	r, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, r.Header, string(b)
}

func TestInvitationsThatCannotBeUsedAreAnsweredAlike(t *testing.T) {
	db, replaced := made(t)
	harness.Must(t, "--db", db, "staff", "invite", "--email", "anna.berg@example.se")
	url := serve(t, db)
	area, _, _ := strings.Cut(replaced, ".")
	status, _, first := get(t, http.DefaultClient, url+"in/"+replaced)
	if status != http.StatusNotFound {
		t.Errorf("a replaced invitation is answered with %d", status)
	}
	for _, token := range []string{area + ".AAAAAAAAAAAAAAAAAAAAAA", "9." + strings.Repeat("A", 22), "x", area + "." + strings.Repeat("A", 500)} {
		s, h, body := get(t, http.DefaultClient, url+"in/"+token)
		if s != status || h.Get("Set-Cookie") != "" || without(body) != without(first) {
			t.Errorf("%.40s is answered with %d %q and another page", token, s, h.Get("Set-Cookie"))
		}
	}
}

// without is a page without what is new each time it is shown: the ids of its forms.
func without(page string) string {
	for {
		i := strings.Index(page, `name="_once" value="`)
		if i < 0 {
			return page
		}
		page = page[:i] + page[i+len(`name="_once" value="`)+16:]
	}
}

func TestServeHasNoDemoDoor(t *testing.T) {
	db, _ := made(t)
	address := serve(t, db)
	r, err := http.PostForm(address+"demo/in", url.Values{"who": {"omar"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusNotFound {
		t.Errorf("POST /demo/in is answered with %d, not 404", r.StatusCode)
	}
	if s, _, _ := get(t, http.DefaultClient, address+"arbete/komponenter"); s != http.StatusNotFound {
		t.Errorf("a demo page is answered with %d", s)
	}
}

func TestServeRefusesADemoDatabase(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.db")
	harness.Must(t, "--db", db, "demo", "--no-serve", "--months", "0")
	if r := harness.Run(t, "--db", db, "serve", "--listen", "localhost:0"); r.Code != 2 || !strings.Contains(r.Err, "holds the demo") {
		t.Errorf("ended with %d: %s", r.Code, r.Err)
	}
}

func TestServeOnNothingTellsWhatToRun(t *testing.T) {
	db := filepath.Join(t.TempDir(), "new.db")
	if r := harness.Run(t, "--db", db, "serve", "--listen", "localhost:0"); r.Code != 2 || !strings.Contains(r.Err, "setup --municipality") {
		t.Errorf("ended with %d: %s", r.Code, r.Err)
	}
}

func TestAnswerThatIsNoPasskeyLetsNobodyIn(t *testing.T) {
	db, _ := made(t)
	address := serve(t, db)
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	get(t, c, address+"arbete/in")
	for _, answer := range []string{"", "{}", "nonsense", `{"id":"AA","rawId":"AA","type":"public-key","response":{}}`} {
		r, err := c.PostForm(address+"arbete/in", url.Values{"answer": {answer}})
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusUnprocessableEntity || strings.Contains(strings.Join(r.Header.Values("Set-Cookie"), " "), "sluss=") {
			t.Errorf("%q is answered with %d and %v", answer, r.StatusCode, r.Header.Values("Set-Cookie"))
		}
	}
}
