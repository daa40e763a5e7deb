package walk

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"sluss/internal/intray"
	"sluss/internal/sheet"
)

// nasty is text that would do something if it were taken for more than text.
const nasty = `qznasty"'><script>qzrun()</script><img src=x onerror=qzrun()>{{7*7}}${7*7}`

// TestWordsAreOnlyWords writes marks of every kind in every field, and looks for them unescaped on every page.
func TestWordsAreOnlyWords(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		saved := 0
		for _, who := range []string{"karin", "lena", "omar"} {
			v := s.enter(t, who)
			for _, f := range oneOfEach(s.harvest(t, v)) {
				if signing(f.route) {
					continue
				}
				for k, vs := range f.fields {
					if k[0] == '_' || strings.HasPrefix(k, "column") || k == "person" || len(vs[0]) > 9 && idLike.MatchString(vs[0]) {
						continue
					}
					res := v.insist(f, with(with(f.fields, "_token", v.token), k, nasty))
					s.unescaped(t, f.route.Pattern+" with marks in "+k, res.Body.String())
					if res.Code == 303 {
						saved++
					}
				}
			}
		}
		if saved < 40 {
			t.Errorf("only %d forms with marks were saved", saved)
		}
		seen := 0
		for _, who := range []string{"karin", "lena", "omar"} {
			v := s.enter(t, who)
			for _, r := range s.routes {
				if r.Method != "GET" {
					continue
				}
				for _, path := range append(s.paths(r), r.Pattern+"?q="+url.QueryEscape(nasty)+"&lang="+url.QueryEscape(nasty)) {
					body := v.get(path).Body.String()
					s.unescaped(t, "GET "+path, body)
					if strings.Contains(body, "qznasty") {
						seen++
					}
				}
			}
		}
		if seen < 20 {
			t.Errorf("the marks stand on %d pages only", seen)
		}
	})
}

func (s *site) unescaped(t *testing.T, what, body string) {
	t.Helper()
	for _, mark := range []string{"<script>qz", "<img src=x", `qznasty"`} {
		if i := strings.Index(body, mark); i >= 0 {
			t.Errorf("%s: %s", what, body[max(0, i-60):min(len(body), i+60)])
		}
	}
}

// TestAFormulaInAListInIsATextInEveryListOut takes names that a spreadsheet would run through the queue and out again.
func TestAFormulaInAListInIsATextInEveryListOut(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	names := []string{"=HYPERLINK(\"http://elsewhere.example\")", "+1+2", "-2+3", "@SUM(1)", "\t=1", "＝1+1", "'=1", " =1", "a\"b;c"}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = ';'
	must(t, w.Write([]string{"Förnamn", "Efternamn", "Telefon", "Varför"}))
	for i, n := range names {
		must(t, w.Write([]string{n, "Qzson" + n, fmt.Sprint("070-174 06 2", i), n + "\nnästa rad"}))
	}
	must(t, w.Write([]string{"", "", "x", "=1"})) // a row to mend
	w.Flush()
	to := karin.send(karin.upload("/arbete/import", []byte(b.String()), url.Values{"kind": {"remiss"}})).Header().Get("Location")
	list := strings.TrimPrefix(to, "/arbete/import/")
	if res := karin.post(to+"/spara", url.Values{"_v": {s.versionOf(t, to)}}); res.Code != 303 {
		t.Fatal(res.Code, faults(res.Body.String()))
	}
	d := &intray.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
	var id intray.ID
	must(t, id.UnmarshalText([]byte(list)))
	if _, err := d.Save(t.Context(), s.Place.Area, id, 1e10); err != nil {
		t.Fatal(err)
	}
	text := karin.post("/arbete/export/queue", url.Values{"as": {"csv"}}).Body.String()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	must(t, err)
	if len(rows) != len(names)+1 {
		t.Errorf("%d people out of %d", len(rows)-1, len(names))
	}
	for _, row := range rows {
		for _, cell := range row {
			if sheet.Formula(cell) {
				t.Errorf("the csv has the formula %q", cell)
			}
		}
	}
	for _, path := range []string{"/arbete/export/queue", to + "/ratta"} {
		res := karin.post(path, url.Values{"as": {"xlsx"}})
		if res.Code != 200 || inside(res) == "" {
			t.Errorf("%s: %d", path, res.Code)
		}
		for name, part := range parts(t, res.Body.Bytes()) {
			if strings.Contains(part, "<f>") || strings.Contains(part, "<f ") || strings.Contains(part, "<hyperlink") {
				t.Errorf("%s of %s has a formula", name, path)
			}
		}
	}
}

// versionOf is the version that the page's form to save would send.
func (s *site) versionOf(t *testing.T, path string) string {
	t.Helper()
	v := s.enter(t, "karin")
	for _, f := range s.forms(path, v.get(path)) {
		if strings.HasSuffix(f.action, "/spara") {
			return f.fields.Get("_v")
		}
	}
	t.Fatal("nothing to save on ", path)
	return ""
}

// parts are the texts inside a workbook.
func parts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	m := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		m[f.Name] = string(text)
	}
	return m
}
