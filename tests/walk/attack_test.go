package walk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/i18n"
	"sluss/internal/store/storetest"
)

// plainSite is the site in an empty world on SQLite.
func plainSite(t *testing.T) *site {
	t.Helper()
	return newSite(t, demotest.New(t, storetest.Open(t, storetest.SQLite(t))))
}

// upload is a request that sends a file and the fields with it.
func (v *visitor) upload(path string, content []byte, fields url.Values) *http.Request {
	with := clone(fields)
	with.Set("_token", v.token)
	return v.asForm(form{action: path, file: string(content)}, with)
}

func TestAFormFromAnotherSiteGetsAPageInOnesLanguageThatShowsNobody(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	for _, tag := range []string{"sv", "en", "ar"} {
		r := karin.formRequest("/arbete/sok", url.Values{"q": {"Qzword"}, "_token": {karin.token}})
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Accept-Language", tag)
		res := karin.send(r)
		body := res.Body.String()
		if res.Code != 403 || !strings.Contains(res.Header().Get("Content-Type"), "text/html") || !strings.Contains(body, `<html lang="`+tag) ||
			!strings.Contains(body, i18n.Get(tag).T("fault.elsewhere")) || strings.Contains(body, "Qzword") || strings.Contains(body, "Karin") {
			t.Errorf("%s: %d\n%s", tag, res.Code, body)
		}
	}
}

func TestAMethodOrAddressThatNobodyTakesGetsOurPage(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	for _, path := range []string{"/arbete/ko", "/finns/inte", "/arbete/person/1/", "/arbete;/ko", "/arbete/%2e%2e/ko%00", "/arbete/..;/ko", "/arbete%2fko", "/static"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "GETT"} {
			r := karin.formRequest(path, url.Values{"_token": {karin.token}})
			r.Method = method
			r.Header.Set("X-HTTP-Method-Override", "GET")
			if res := karin.send(r); res.Code != 404 || !strings.Contains(res.Body.String(), "<h1") {
				t.Errorf("%s %s: %d %s", method, path, res.Code, res.Body)
			}
		}
	}
}

// disk tells whether any file that the program has open in the folder, with or without a name, holds the words.
func disk(t *testing.T, dir, words string) bool {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatalf("which files are open is not to be seen: %v", err)
	}
	for _, fd := range open {
		path := "/proc/self/fd/" + fd.Name()
		if to, err := os.Readlink(path); err == nil && strings.HasPrefix(to, dir) {
			if b, err := os.ReadFile(path); err == nil && bytes.Contains(b, []byte(words)) {
				return true
			}
		}
	}
	return false
}

// spying reads a body and calls look before each read.
type spying struct {
	io.Reader
	look func()
}

// Read looks and reads.
func (s spying) Read(b []byte) (int, error) {
	s.look()
	return s.Reader.Read(b)
}

func TestAFileOnItsWayInNeverLiesInClearOnDisk(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	t.Setenv("TMPDIR", dir)
	plain, err := os.Create(filepath.Join(dir, "plain"))
	must(t, err)
	_, err = plain.WriteString("Qzcanary")
	must(t, err)
	if !disk(t, dir, "Qzcanary") {
		t.Fatal("a file in clear is not seen")
	}
	must(t, errors.Join(plain.Close(), os.Remove(plain.Name())))
	seen, looks := false, 0
	var list strings.Builder
	list.WriteString("Förnamn;Efternamn;Telefon\n")
	for i := range 60_000 {
		fmt.Fprintf(&list, "Qzcanary%d;Qzson;070-174 06 21\n", i)
	}
	r := karin.upload("/arbete/import", []byte(list.String()), nil)
	r.Body = io.NopCloser(spying{r.Body, func() {
		if looks++; looks%64 == 0 {
			seen = seen || disk(t, dir, "Qzcanary")
		}
	}})
	if res := karin.send(r); res.Code != 303 {
		t.Fatalf("%d %s", res.Code, res.Body)
	}
	if names, err := os.ReadDir(dir); len(names) > 0 || err != nil || seen || disk(t, dir, "") {
		t.Errorf("left behind %v (%v); in clear: %v", names, err, seen)
	}
	if looks < 100 {
		t.Errorf("only %d looks", looks)
	}
}

func TestAnotherFileUnderTheSameSubmissionIsAnotherList(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	fields := url.Values{"_once": {"AAAAAAAAAAAAAAAA"}, "kind": {"remiss"}}
	first := karin.send(karin.upload("/arbete/import", []byte("Namn\nAnna Andersson\n"), fields)).Header().Get("Location")
	again := karin.send(karin.upload("/arbete/import", []byte("Namn\nAnna Andersson\n"), fields)).Header().Get("Location")
	other := karin.send(karin.upload("/arbete/import", []byte("Namn\nBo Berg\n"), fields)).Header().Get("Location")
	if first == "" || again != first || other == first || other == "" {
		t.Errorf("the first led to %q, the same again to %q, another file to %q", first, again, other)
	}
}

// stuck is a body of which nothing comes until it is let go.
type stuck struct {
	waits chan<- struct{}
	gone  <-chan struct{}
}

// Read waits.
func (s stuck) Read([]byte) (int, error) {
	s.waits <- struct{}{}
	<-s.gone
	return 0, io.EOF
}

func TestWhoSendsSlowlyKeepsNobodyOut(t *testing.T) {
	s := plainSite(t)
	waits, gone, done := make(chan struct{}), make(chan struct{}), make(chan int)
	nobody := &visitor{site: s}
	for range 200 {
		go func() {
			r := nobody.request("POST", "/demo/in", stuck{waits, gone})
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			done <- nobody.send(r).Code
		}()
	}
	for range 200 {
		select {
		case <-waits:
		case code := <-done:
			t.Fatalf("one was answered %d while others were slow", code)
		}
	}
	if res := nobody.get("/arbete/in"); res.Code != 200 {
		t.Errorf("the door while 200 send slowly: %d", res.Code)
	}
	close(gone)
	for range 200 {
		<-done
	}
}

func TestWhoIsNotSignedInSendsLittle(t *testing.T) {
	s := plainSite(t)
	nobody, karin := &visitor{site: s}, s.enter(t, "karin")
	for _, path := range []string{"/in", "/in/x", "/ut", "/demo/in"} {
		if res := nobody.send(nobody.formRequest(path, url.Values{"answer": {strings.Repeat("a", 100<<10)}})); res.Code != 413 {
			t.Errorf("100 kB to %s by nobody: %d", path, res.Code)
		}
		file, left := nobody.upload(path, make([]byte, 100<<10), nil), 0
		body := file.Body
		file.Body = io.NopCloser(spying{body, func() { left++ }})
		if res := nobody.send(file); res.Code >= 500 || left > 0 {
			t.Errorf("a file to %s by nobody: %d, read %d times", path, res.Code, left)
		}
	}
	for _, r := range []*http.Request{
		karin.upload("/arbete/import", []byte("Namn\nAnna\n"), url.Values{"kind": {strings.Repeat("a", 2<<20)}}),
		karin.upload("/arbete/import", make([]byte, 61<<20), nil)} {
		if res := karin.send(r); res.Code != 413 {
			t.Errorf("too much by karin: %d", res.Code)
		}
	}
	many := url.Values{}
	for i := range 3000 {
		many.Set(fmt.Sprint("x", i), "")
	}
	if res := karin.send(karin.upload("/arbete/import", []byte("Namn\nAnna\n"), many)); res.Code != 422 {
		t.Errorf("3000 fields: %d", res.Code)
	}
}

func TestACookieThatIsNotOursDoesNoHarm(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	for _, value := range []string{"", ".", "x.y", strings.Repeat("A", 4000), "1." + strings.Repeat("A", 43), karin.cookie + "A", "-" + karin.cookie, karin.cookie[:len(karin.cookie)-2]} {
		v := &visitor{site: s, cookie: value}
		if res := v.get("/arbete"); res.Code != 303 || res.Header().Get("Location") != "/arbete/in" {
			t.Errorf("the cookie %q: %d to %s", value, res.Code, res.Header().Get("Location"))
		}
	}
	for _, name := range []string{"saved", "lang", "passkey-in"} {
		for _, value := range []string{"intray.confirmed", "fault.ours", "intray.confirm", "<script>", "../../sv", "operation.closed.span", strings.Repeat("x", 4000)} {
			r := karin.request("GET", "/arbete", nil)
			r.AddCookie(&http.Cookie{Name: name, Value: value})
			if res := karin.send(r); res.Code != 200 || strings.Contains(res.Body.String(), "<script>") {
				t.Errorf("the cookie %s=%q: %d", name, value, res.Code)
			}
		}
	}
	both := karin.request("GET", "/arbete", nil)
	both.Header.Set("Cookie", "sluss=1.AAAA; sluss="+karin.cookie)
	if res := karin.send(both); res.Code != 303 {
		t.Errorf("of two cookies not the first was read: %d", res.Code)
	}
}

// TestNoAddressLeadsOffTheSite tries to have the program send the browser somewhere else.
func TestNoAddressLeadsOffTheSite(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	for _, path := range []string{"//elsewhere.example/?lang=en", "/%2f%2felsewhere.example/?lang=en", "/%5celsewhere.example?lang=en", "/%09/elsewhere.example?lang=en",
		"//elsewhere.example/%2e%2e?lang=en", "/arbete/..//elsewhere.example?lang=ar", "/?lang=en&to=//elsewhere.example", "/\\elsewhere.example?lang=en"} {
		u, err := url.Parse("http://localhost" + path)
		must(t, err)
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.URL, r.RequestURI, r.Host = u, path, "elsewhere.example"
		r.AddCookie(&http.Cookie{Name: "sluss", Value: karin.cookie})
		for _, h := range []string{"X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"} {
			r.Header.Set(h, "https://elsewhere.example/")
		}
		to := karin.send(r).Header().Get("Location")
		if at, err := url.Parse(to); err != nil || at.Host != "" || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
			t.Errorf("%s leads to %q", path, to)
		}
	}
}
