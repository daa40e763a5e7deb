package harness

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Violation is one rule of axe that a page breaks, with the elements that break it.
type Violation struct {
	ID    string
	Help  string
	Nodes []struct {
		HTML           string
		FailureSummary string
	}
}

// Check holds the page against every bar: no violation of axe, no sideways scroll, nothing that slides when opened. With SLUSS_SHOTS set it keeps a
// picture of the whole page there, as name-width.png. It also keeps the page's source for Validate.
func (b *Browser) Check(t testing.TB, name string) {
	t.Helper()
	label := name + "-" + strconv.FormatInt(b.width, 10)
	if over := b.Overflow(); over != "" {
		t.Errorf("%s scrolls sideways: %s", label, over)
	}
	if slow := b.Slides(); slow != "" {
		t.Errorf("%s slides when opened, and a press on what moves is lost: %s", label, slow)
	}
	for _, v := range b.Axe() {
		for _, n := range v.Nodes {
			t.Errorf("%s: %s: %s\n  %s\n  %s", label, v.ID, v.Help, n.HTML, n.FailureSummary)
		}
	}
	if dir := os.Getenv("SLUSS_SHOTS"); dir != "" {
		b.Shot(filepath.Join(dir, label+".png"))
	}
	b.sources[name] = b.Source()
}

// Overflow names the first element that reaches outside the window, or nothing.
func (b *Browser) Overflow() string {
	b.t.Helper()
	return Eval[string](b, `(() => { const w = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= w) return '';
const e = [...document.querySelectorAll('body *')].find(e => { const r = e.getBoundingClientRect(); return r.right > w + 1 || r.left < -1 });
return (e ? e.outerHTML.slice(0, 200) : 'the page') + ' (' + document.documentElement.scrollWidth + ' > ' + w + ')' })()`)
}

// Slides names the first part whose content slides when it is opened, or nothing.
func (b *Browser) Slides() string {
	b.t.Helper()
	return Eval[string](b, `([...document.querySelectorAll('details')].find(d =>
getComputedStyle(d, '::details-content').transitionDuration.split(', ').some(s => s !== '0s')) || { outerHTML: '' }).outerHTML.slice(0, 200)`)
}

// Axe gives what axe-core finds wrong in the page, in all its rules.
func (b *Browser) Axe() []Violation {
	b.t.Helper()
	if !Eval[bool](b, "typeof axe !== 'undefined'") {
		src, err := axeSource()
		if err != nil {
			b.t.Fatal("axe-core is missing; run make assets: ", err)
		}
		Eval[chromedp.Void](b, src)
	}
	if b.scriptOff { // axe itself needs timers; the page has no script left to run
		b.script(true)
		defer b.script(false)
	}
	var v []Violation
	s := Eval[string](b, `axe.run().then(r => JSON.stringify(r.violations))`)
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		b.t.Fatal(err)
	}
	return v
}

var axeSource = sync.OnceValues(func() (string, error) {
	src, err := os.ReadFile(filepath.Join(Root(), "node_modules/axe-core/axe.min.js"))
	return string(src), err
})

// Shot saves a picture of the whole page.
func (b *Browser) Shot(file string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	img, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, img, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// Source gives the page as the server wrote it, before the browser mended anything. The answer to a posted form the
// browser does not keep; then it is the page as the browser holds it.
func (b *Browser) Source() string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	src, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (string, error) {
		tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return "", err
		}
		f := tree.FrameTree.Frame
		res, err := cdp.Call(ctx, t, page.GetResourceContent, page.GetResourceContentParams{FrameID: f.ID, URL: f.URL})
		if err != nil {
			return "", err
		}
		return string(res.Content), nil
	})
	if err != nil || src == "" {
		held := Eval[string](b, "'<!doctype html>\\n' + document.documentElement.outerHTML")
		return strings.ReplaceAll(held, ` hidden=""`, ` hidden`) // as the browser, not the server, writes it
	}
	return src
}

// Validate runs html-validate once over every page that was checked.
func (b *Browser) Validate(t testing.TB) {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for name, src := range b.sources {
		file := filepath.Join(dir, strings.ReplaceAll(name, "/", "_")+".html")
		if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	HTMLValidate(t, files)
}

// HTMLValidate runs html-validate once over saved pages, by the rules in html-validate.json.
func HTMLValidate(t testing.TB, files []string) {
	t.Helper()
	if out, ok := htmlFaults(t, files); !ok {
		t.Errorf("html-validate:\n%s", out)
	}
}

func htmlFaults(t testing.TB, files []string) (string, bool) {
	t.Helper()
	if len(files) == 0 {
		t.Fatal("no pages to validate")
	}
	rules := filepath.Join(Root(), "tests/journeys/harness/html-validate.json")
	c := exec.Command("node", append([]string{"node_modules/html-validate/bin/html-validate.mjs", "--config", rules}, files...)...)
	c.Dir = Root()
	out, err := c.CombinedOutput()
	if err == nil {
		return "", true
	}
	if c.ProcessState == nil || c.ProcessState.ExitCode() != 1 || strings.Contains(string(out), "crashed") {
		t.Fatalf("html-validate does not run: %v\n%s", err, out)
	}
	return string(out), false
}

// Paper gives the page as it is printed, on A4.
func (b *Browser) Paper() []byte {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	pdf, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		css := true
		res, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, PreferCSSPageSize: &css})
		if err != nil {
			return nil, err
		}
		return res.Data, nil
	})
	if err != nil {
		b.t.Fatal("print: ", err)
	}
	return pdf
}
