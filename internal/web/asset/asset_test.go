package asset

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"sluss/internal/i18n"
)

func small() *bundle {
	return read(fstest.MapFS{
		Manifest:              {Data: []byte(`{"app.css":"app-AAAAAAAA.css"}`)},
		"app-AAAAAAAA.css":    {Data: []byte("body{}")},
		"app-AAAAAAAA.css.gz": {Data: []byte("packed")},
	})
}

func TestBundleIsServedCompressedToThoseWhoTakeIt(t *testing.T) {
	for accept, want := range map[string]string{"": "body{}", "br, gzip": "packed", "gzip;q=0": "body{}", "gzip; q=0": "body{}"} {
		r := httptest.NewRequest("GET", "/static/app-AAAAAAAA.css", nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		small().ServeHTTP(w, r)
		if w.Body.String() != want {
			t.Errorf("%q gives %q", accept, w.Body)
		}
		if w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
			t.Errorf("%q: headers %v", accept, w.Header())
		}
	}
}

func TestBundleAnswersAKnownTagWithoutABody(t *testing.T) {
	r := httptest.NewRequest("GET", "/static/app-AAAAAAAA.css", nil)
	r.Header.Set("If-None-Match", `"app-AAAAAAAA.css"`)
	w := httptest.NewRecorder()
	small().ServeHTTP(w, r)
	if w.Code != 304 || w.Body.Len() != 0 {
		t.Error(w.Code, w.Body)
	}
}

func TestBundleServesNothingButItsOwnFiles(t *testing.T) {
	for _, path := range []string{"/static/manifest.json", "/static/", "/static/../asset.go", "/static/app.css"} {
		w := httptest.NewRecorder()
		small().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 404 {
			t.Error(path, w.Code)
		}
	}
}

func TestBundleWithAFileGoneCountsAsNotBuilt(t *testing.T) {
	b := read(fstest.MapFS{Manifest: {Data: []byte(`{"app.css":"app-AAAAAAAA.css"}`)}})
	if len(b.files) != 0 {
		t.Error("half a bundle is served")
	}
}

var used = regexp.MustCompile(`Icon(?:\(|:\s*)"([a-z0-9-]+)"`)

func TestEveryIconInThePagesIsInTheSprite(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
			return err
		}
		src, err := os.ReadFile(path)
		for _, m := range used.FindAllStringSubmatch(string(src), -1) {
			seen++
			if !slices.Contains(Icons, m[1]) {
				t.Errorf("%s: the icon %q is not in asset.Icons", path, m[1])
			}
		}
		return err
	})
	if err != nil || seen < 5 {
		t.Error(err, seen)
	}
}

var (
	face    = regexp.MustCompile(`@font-face\s*\{[^}]*\}`)
	family  = regexp.MustCompile(`font-family:\s*"?([^";}]+)`)
	letters = regexp.MustCompile(`unicode-range:\s*([^;}]+)`)
	fetched = regexp.MustCompile(`url\("?([^")]+)`)
	stack   = regexp.MustCompile(`--sans:\s*([^;}]+)`)
)

// covers tells whether a list of ranges, as U+0000-00FF,U+0131, holds a letter.
func covers(ranges string, letter rune) bool {
	for r := range strings.SplitSeq(ranges, ",") {
		from, to, whole := strings.Cut(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(r)), "U+"), "-")
		if !whole {
			from, to = strings.ReplaceAll(from, "?", "0"), strings.ReplaceAll(from, "?", "F")
		}
		a, err := strconv.ParseInt(from, 16, 32)
		b, wrong := strconv.ParseInt(to, 16, 32)
		if err == nil && wrong == nil && int64(letter) >= a && int64(letter) <= b {
			return true
		}
	}
	return false
}

// TestTheNameOfEachLanguageIsInLettersThatAreSentAlong: the language menu needs no letters that a telephone lacks.
func TestTheNameOfEachLanguageIsInLettersThatAreSentAlong(t *testing.T) {
	if err := Missing(); err != nil {
		t.Fatal(err)
	}
	b := load()
	css := string(b.files[b.names["app.css"]].body)
	faces, families := face.FindAllString(css, -1), stack.FindStringSubmatch(css)
	if len(faces) < 5 || families == nil {
		t.Fatalf("%d faces, and the families %v", len(faces), families)
	}
	for _, l := range slices.Concat(i18n.Public(), i18n.Core()) {
		for _, letter := range l.Name {
			if unicode.IsSpace(letter) {
				continue
			}
			if !slices.ContainsFunc(faces, func(f string) bool {
				name, has, url := family.FindStringSubmatch(f), letters.FindStringSubmatch(f), fetched.FindStringSubmatch(f)
				return name != nil && has != nil && url != nil && strings.Contains(families[1], name[1]) && covers(has[1], letter) &&
					b.files[filepath.Base(url[1])].body != nil && !strings.Contains(url[1], "//")
			}) {
				t.Errorf("no face that is sent along has %c in %s (%s)", letter, l.Name, l.Tag)
			}
		}
	}
}
