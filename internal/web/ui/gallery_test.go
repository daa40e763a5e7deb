package ui_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sluss/internal/i18n"
	"sluss/internal/web/asset"
	"sluss/internal/web/ui"
	"sluss/tests/journeys/harness"
)

// policy is as strict as the program's own: what a page may load and do.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func samplePage(lang, path string) ui.Page {
	return ui.Page{
		L: i18n.Get(lang), Title: "Sluss", Who: "Lena Bergvall", Unit: "Vuxenslussen", Area: "Ekhamra kommun", Path: path,
		Langs: i18n.All(), Token: "t", Submission: "s", Demo: true, Saved: i18n.Get(lang).T("ui.gallery.saved"),
		Nav:  []ui.NavItem{{Href: "/arbete", Key: "ui.gallery.day", Current: true, N: 3}, {Href: "/arbete/ko", Key: "ui.gallery.queue"}},
		Foot: []ui.NavItem{{Href: "/arbete/hjalp", Key: "ui.gallery.coach"}},
	}
}

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func serve(t *testing.T) string {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", asset.Handler())
	frames := map[string]func(ui.Page) templ.Component{
		"/gallery": ui.Gallery,
		"/joint":   func(p ui.Page) templ.Component { return ui.JointGallery(p) },
		"/paper":   func(p ui.Page) templ.Component { return ui.PaperGallery(p) },
	}
	for path, page := range frames {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", policy)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = page(samplePage(r.FormValue("lang"), path)).Render(r.Context(), w)
		})
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestGalleryMeetsEveryBarInEveryLanguageAndWidth(t *testing.T) {
	b := harness.Start(t)
	if err := asset.Missing(); err != nil {
		t.Fatal(err)
	}
	url := serve(t)
	for _, lang := range []string{"sv", "ar", "en"} {
		for _, page := range []string{"gallery", "joint", "paper"} {
			b.Go(url + "/" + page + "?lang=" + lang)
			for _, width := range []int64{1280, 360} {
				b.Width(width)
				b.Check(t, page+"-"+lang)
			}
		}
	}
	b.Validate(t)
}
