package staff

import (
	"net/url"
	"slices"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// siteReadPage is the product's own texts in one language beside Swedish, for a native speaker who reads them: the files, or one of them.
type siteReadPage struct {
	ui.Page
	In   *i18n.Lang
	Sv   *i18n.Lang
	File *i18n.File // nil for the list of them
}

// siteReadHref is where the texts of a language are read: all files, or one.
func siteReadHref(l *i18n.Lang, noun string) string {
	q := url.Values{"till": {l.Tag}}
	if noun != "" {
		q.Set("fil", noun)
	}
	return siteTexts + "/sprak?" + q.Encode()
}

func (p *Pages) getSiteRead(r *web.Request) (web.Answer, error) {
	q := r.URL.Query()
	l := i18n.Get(q.Get("till"))
	if q.Has("till") && l.Tag != q.Get("till") {
		return web.Answer{}, fault.Missing
	}
	if l.Spoken() == "sv" {
		l = i18n.Get("en")
	}
	page := siteReadPage{Page: r.Page("site.read", l.Name), In: l, Sv: i18n.Get("sv")}
	if noun := q.Get("fil"); noun != "" {
		i := slices.IndexFunc(l.Files(), func(f i18n.File) bool { return f.Noun == noun })
		if i < 0 {
			return web.Answer{}, fault.Missing
		}
		page.File = &l.Files()[i]
	}
	return web.Show(siteReadView(page)), nil
}

// read counts the files that a native speaker has read.
func (p siteReadPage) read() (n int) {
	for _, f := range p.In.Files() {
		if f.Read {
			n++
		}
	}
	return n
}

// files are the files, those with most that binds first.
func (p siteReadPage) files() ui.Table {
	t := ui.Table{Caption: p.Title, Hidden: true, Stack: true, Cols: []ui.Col{{Text: p.L.T("site.read.file")}, {Text: p.L.T("site.read.texts"), Num: true},
		{Text: p.L.T("site.read.binds"), Num: true}, {Text: p.L.T("site.read.state")}}}
	for _, f := range p.In.Files() {
		read := "site.product.unread"
		if f.Read {
			read = "site.product.read"
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: f.Noun, Href: siteReadHref(p.In, f.Noun)}, ui.T(p.L.Number(len(f.Keys))), ui.T(p.L.Number(f.Binds())), ui.T(p.L.T(read))}})
	}
	return t
}

// wording is a text as it stands in the file.
func wording(l *i18n.Lang, key string) string { return strings.Join(l.Wordings(key), " / ") }
