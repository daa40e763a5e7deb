package asset

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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
