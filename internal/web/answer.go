package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"sluss/internal/web/asset"
)

// Answer is what a handler wants sent: a page, a file, or another address.
type Answer struct {
	page      templ.Component
	status    int
	to        string
	saved     string
	file      func(io.Writer) error
	stream    func(context.Context, io.Writer) error
	size      int64 // of what is streamed
	name      string
	kind      string
	clear     bool
	refresh   int
	cookies   []*http.Cookie
	abroad    bool
	again     int // seconds
	challenge string
}

// Show answers with a page.
func Show(c templ.Component) Answer { return Answer{page: c, status: http.StatusOK} }

// Again answers with the page of a form that could not be saved.
func Again(c templ.Component) Answer { return Answer{page: c, status: http.StatusUnprocessableEntity} }

// Enough answers with a page that says that no more is taken just now.
func Enough(c templ.Component) Answer { return Answer{page: c, status: http.StatusTooManyRequests} }

// Data answers with bytes that a program reads.
func Data(kind string, body []byte) Answer {
	return Answer{kind: kind, status: http.StatusOK, file: func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	}}
}

// Differs answers with a page that shows what was changed meanwhile beside what was typed.
func Differs(c templ.Component) Answer { return Answer{page: c, status: http.StatusConflict} }

// To answers with another address on this site.
func To(path string) Answer { return Answer{to: path, status: http.StatusSeeOther} }

// Abroad answers with an address on another site, which the program itself has made.
func Abroad(address string) Answer {
	return Answer{to: address, status: http.StatusSeeOther, abroad: true}
}

// Saved answers with another address, where the text of the key is shown once.
func Saved(path, key string) Answer { return To(path).Saying(key) }

// Saying has the text of the key shown once at the address that is answered with.
func (a Answer) Saying(key string) Answer {
	a.saved = key
	return a
}

// File answers with a file to keep. It is made whole before anything is sent.
func File(name, kind string, write func(io.Writer) error) Answer {
	return Answer{file: write, name: name, kind: kind, status: http.StatusOK}
}

// Stream answers with a file of known size to keep, sent as it is read. What is in it comes from elsewhere: the browser is told to keep
// it and to run nothing of it. One that cannot be read to its end is cut off, and the browser says so.
func Stream(name, kind string, size int64, write func(context.Context, io.Writer) error) Answer {
	return Answer{stream: write, size: size, name: name, kind: kind, status: http.StatusOK}
}

// Refresh has the browser ask for the page again after so many seconds, for one that tells how far something is, or one that
// must not stay on a screen after its session is over. Only where the reader has asked for it, or has left: a page that
// changes by itself is hard to read.
func (a Answer) Refresh(seconds int) Answer {
	a.refresh = seconds
	return a
}

// bodies are buffers for pages; one that a large file has filled is not kept.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const largeBody = 256 << 10

// render makes the body whole; done gives its room back once it has been sent.
func (a Answer) render(ctx context.Context) (body []byte, done func(), err error) {
	b := bodies.Get().(*bytes.Buffer)
	b.Reset()
	done = func() {
		if b.Cap() <= largeBody {
			bodies.Put(b)
		}
	}
	switch {
	case a.page != nil:
		err = a.page.Render(ctx, b)
	case a.file != nil:
		err = a.file(b)
	}
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("make %s: %w", a.name, err)
	}
	return b.Bytes(), done, nil
}

func (a Answer) send(w http.ResponseWriter, q *Request, body []byte) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if q.route.Needs.Audience == Trusted {
		h.Set("X-Robots-Tag", "noindex, nofollow, noarchive") // also of one that is shown no more
	}
	if a.clear {
		h.Set("Clear-Site-Data", `"cache", "storage"`)
	}
	for _, c := range a.cookies {
		http.SetCookie(w, c)
	}
	if a.to != "" {
		a.redirect(w, q)
		return
	}
	if _, err := q.Cookie(cookieSaved); err == nil {
		http.SetCookie(w, &http.Cookie{Name: cookieSaved, Path: "/", MaxAge: -1})
	}
	if a.refresh > 0 {
		h.Set("Refresh", strconv.Itoa(a.refresh))
	}
	if q.route.Shared {
		share(h)
	}
	a.headers(h)
	if a.stream != nil {
		a.pour(w, q)
		return
	}
	if a.file != nil && a.name == "" {
		h.Set("Content-Type", a.kind)
	} else if a.file != nil {
		h.Set("Content-Type", a.kind)
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	} else {
		h.Set("Content-Type", "text/html; charset=utf-8")
	}
	body = q.packed(h, body)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	if q.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// longest is how long a file may take to send: 25 MB over a slow line.
const longest = 15 * time.Minute

// pour sends a file as it is read.
func (a Answer) pour(w http.ResponseWriter, q *Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Content-Length", strconv.FormatInt(a.size, 10))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(longest))
	w.WriteHeader(a.status)
	if q.Method == http.MethodHead {
		return
	}
	if err := a.stream(q.Context(), w); err != nil && q.Context().Err() == nil {
		slog.ErrorContext(q.Context(), "file cut off", "request", q.id, "route", q.route.Pattern, "error", err)
	}
}

func share(h http.Header) {
	h.Set("Content-Security-Policy", strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors *", 1))
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cache-Control", "public, no-cache") // what somebody takes back is gone at once
	h.Set("Vary", "Cookie")                    // the size of the text
}

// smallest is what is worth packing.
const smallest = 1000

// packed packs a page for everybody where the browser takes it. Other pages are not packed: they hold a secret beside what
// somebody else may have put there, and how well they pack would tell of it.
func (q *Request) packed(h http.Header, body []byte) []byte {
	if !q.public() || len(body) < smallest {
		return body
	}
	h.Add("Vary", "Accept-Encoding")
	if !asset.Accepts(q.Request, "gzip") {
		return body
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body)
	_ = z.Close() // a buffer takes everything
	h.Set("Content-Encoding", "gzip")
	return b.Bytes()
}

func (a Answer) redirect(w http.ResponseWriter, q *Request) {
	if a.saved != "" {
		http.SetCookie(w, &http.Cookie{Name: cookieSaved, Value: a.saved, Path: "/", HttpOnly: true, Secure: q.kit.Secure, SameSite: http.SameSiteLaxMode, MaxAge: 60})
	}
	if q.once != nil && q.Actor != nil {
		area, once := q.Actor.Area(), q.once
		go func() { // only a second press of the same button reads it
			ctx, cancel := context.WithTimeout(context.WithoutCancel(q.Context()), 5*time.Second)
			defer cancel()
			if err := q.kit.Signin.Answered(ctx, area, once, a.to); err != nil {
				slog.WarnContext(ctx, "address of a saved form not kept", "error", err)
			}
		}()
	}
	if q.Method == http.MethodPost && q.session != nil && q.session.Typed {
		q.dropTyped()
	}
	to := a.to
	if !a.abroad {
		to = local(to)
	}
	http.Redirect(w, q.Request, to, a.status)
}
