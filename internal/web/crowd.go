package web

import (
	"io"
	"net/http"
	"time"
)

// How many requests are worked on at a time; more wait a moment and are then told to come back. The pages for everybody
// have a part of the places and wait less, so that work goes on when the whole town looks at once.
const (
	mostAtOnce, longestWait = 64, 2 * time.Second
	mostPublic, publicWait  = 16, 300 * time.Millisecond
)

// places are as many as can be taken at a time.
type places chan struct{}

// take takes a place, and tells whether there was one in time.
func (p places) take(longest time.Duration) bool {
	select {
	case p <- struct{}{}:
		return true
	default:
	}
	wait := time.NewTimer(longest)
	defer wait.Stop()
	select {
	case p <- struct{}{}:
		return true
	case <-wait.C:
		return false
	}
}

// crowd lets in as many as there are places for. Those that give way must first have one of the few that are theirs.
func (k *Kit) crowd(gives func(*http.Request) bool, next http.Handler) http.Handler {
	all, few := make(places, mostAtOnce), make(places, mostPublic)
	away := func(w http.ResponseWriter, seconds string) {
		w.Header().Set("Retry-After", seconds)
		k.plain(w, http.StatusServiceUnavailable, "fault.crowded")
	}
	serve := func(w http.ResponseWriter, r *http.Request) {
		if !all.take(longestWait) {
			away(w, "5")
			return
		}
		defer func() { <-all }()
		r.Body = patient{r.Body, all}
		next.ServeHTTP(w, r)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !gives(r) {
			serve(w, r)
			return
		}
		if !few.take(publicWait) {
			away(w, "20")
			return
		}
		defer func() { <-few }()
		r.Body = patient{r.Body, few}
		serve(w, r)
	})
}

// patient leaves the request's place to others while it waits for what is sent: who sends slowly keeps nobody out.
type patient struct {
	io.ReadCloser
	places places
}

// Read reads what has come.
func (p patient) Read(b []byte) (int, error) {
	<-p.places
	defer func() { p.places <- struct{}{} }()
	return p.ReadCloser.Read(b)
}
