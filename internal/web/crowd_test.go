package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestWorkGoesOnWhileEverybodyLooksAtOnce holds far more readers of the pages for everybody than there are places for.
func TestWorkGoesOnWhileEverybodyLooksAtOnce(t *testing.T) {
	in, gone := make(chan struct{}), make(chan struct{})
	k := &Kit{Phone: "0300-55 99 99"}
	h := k.crowd(func(r *http.Request) bool { return r.URL.Path == "/" }, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			in <- struct{}{}
			<-gone
		}
	}))
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	const many = 10 * mostAtOnce
	answers := make(chan *httptest.ResponseRecorder, many)
	for range many {
		go func() { answers <- get("/") }()
	}
	for range mostPublic {
		<-in
	}
	for range many - mostPublic {
		w := <-answers
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), k.Phone) {
			t.Fatalf("one too many is answered %d %s", w.Code, w.Body)
		}
	}
	for range mostAtOnce {
		if w := get("/arbete"); w.Code != 200 {
			t.Fatalf("work is answered %d while the town looks", w.Code)
		}
	}
	close(gone)
	for range mostPublic {
		if w := <-answers; w.Code != 200 {
			t.Errorf("one who was let in is answered %d", w.Code)
		}
	}
}
