package harness

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const good = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title></head><body><main><h1>Hello</h1>
<p id="said">%s</p><details><summary>More</summary><p>Inside</p></details>
<form method="post" action="/"><label for="q">Word</label><input id="q" name="q" type="text" value="old">
<label for="s">Choice</label><select id="s" name="s"><option value="a">First</option><option value="b">Second</option></select>
<button type="submit">Send</button></form>
<a href="/bad">The bad one</a></main></body></html>`

const bad = `<!doctype html><html><head><meta charset="utf-8"><title>Bad</title></head><body><div style="width:3000px">x</div>
<details>c</details><style>details::details-content{transition:height 1s}button{transition:color 1s;border:0}button:focus{outline:none}</style><img src="data:,"><button class="ds-button"></button><p id="a">a</p><p id="a">b</p></body></html>`

func site(t *testing.T) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/bad" {
			fmt.Fprint(w, bad)
			return
		}
		fmt.Fprintf(w, good, html.EscapeString(r.PostFormValue("q")+r.PostFormValue("s")))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestBrowserWalksAFormWithScriptOff(t *testing.T) {
	url, b := site(t), Start(t)
	b.ScriptOff()
	b.Width(360)
	b.Go(url + "/")
	b.ClickText("More")
	if !b.Has("details[open]") {
		t.Error("the summary did not open")
	}
	b.Fill("#q", "ny å")
	b.Fill("#s", "Second")
	b.ClickText("Send")
	if got := b.Text("#said"); got != "ny åb" {
		t.Errorf("the form sent %q", got)
	}
	b.Check(t, "good")
	b.Validate(t)
	b.Fill("#q", "")
	b.Click("button")
	if got := b.Text("#said"); got != "a" {
		t.Errorf("the emptied form sent %q", got)
	}
	b.Click("a")
	if !strings.HasSuffix(b.URL(), "/bad") {
		t.Error("the link led to", b.URL())
	}
}

func TestCheckersHaveTeeth(t *testing.T) {
	url, b := site(t), Start(t)
	b.Go(url + "/bad")
	found := map[string]bool{}
	for _, v := range b.Axe() {
		found[v.ID] = true
	}
	for _, rule := range []string{"html-has-lang", "image-alt", "button-name"} {
		if !found[rule] {
			t.Errorf("axe lets %s pass", rule)
		}
	}
	if b.Overflow() == "" {
		t.Error("a page 3000 px wide does not count as scrolling")
	}
	if b.Slides() == "" {
		t.Error("what opens in a second does not count as sliding")
	}
	seen := strings.Join(b.sight(url+"/bad"), "\n")
	for _, fault := range []string{"sideways at 640", "sideways at 320", "moves", "no edge", "does not show the focus"} {
		if !strings.Contains(seen, fault) {
			t.Errorf("sight lets pass what %s: it says %s", fault, seen)
		}
	}
	file := filepath.Join(t.TempDir(), "bad.html")
	if err := os.WriteFile(file, []byte(b.Source()), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, ok := htmlFaults(t, []string{file}); ok || !strings.Contains(out, "no-dup-id") {
		t.Error("html-validate lets a double id pass:", out)
	}
}
