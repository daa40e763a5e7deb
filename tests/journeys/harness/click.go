package harness

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"
)

// leads tells whether a click on an element opens a page, so that the next step waits for it.
const leads = `(() => { const e = document.querySelector(%s).closest('a[href],button,input[type=submit]');
if (!e || e.target || e.hasAttribute('download')) return false;
if (e.tagName !== 'A') return e.form !== null && e.type === 'submit';
const u = new URL(e.href); return !(u.hash && u.href.split('#')[0] === location.href.split('#')[0]) })()`

// reach tells where an element lies and what lies over it there, if anything.
const reach = `(() => { const e = document.querySelector(%s); e.scrollIntoViewIfNeeded();
const r = e.getClientRects()[0] || e.getBoundingClientRect(), top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
const met = top && (e.contains(top) || top.closest('label')?.control === e || top.closest('label')?.contains(e));
return { At: [r.x, r.y, r.width, r.height].join(), Over: met ? '' : top ? top.outerHTML.slice(0, 200) : 'nothing; it is outside the window' } })()`

type reached struct{ At, Over string }

// aim waits until an element lies still with nothing over it: a page that is still opening or sliding takes a click elsewhere.
func (b *Browser) aim(css string) {
	b.t.Helper()
	var was, now reached
	for range 100 {
		was, now = now, Eval[reached](b, fmt.Sprintf(reach, quote(css)))
		if now.Over == "" && now == was {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Fatalf("click %s at %s: over it lies %s", css, b.URL(), now.Over)
}

// Click clicks the first element, and when that opens a page waits until it has loaded.
func (b *Browser) Click(css string) {
	b.t.Helper()
	b.must(css)
	b.aim(css)
	click := chromedp.Click(chromedp.CSS(css))
	if !Eval[bool](b, fmt.Sprintf(leads, quote(css))) {
		b.do("click "+css, click)
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, click); err != nil {
		b.t.Fatalf("click %s: %v at %s, which says:\n%.1500s", css, err, b.URL(), Eval[string](b, "document.body.innerText"))
	}
}

// Twice clicks the first element twice, so fast that the second click comes before the page that the first one opens, and waits for the page that
// is then shown.
func (b *Browser) Twice(css string) {
	b.t.Helper()
	b.must(css)
	b.aim(css)
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.DoubleClick(chromedp.CSS(css))); err != nil {
		b.t.Fatalf("click %s twice: %v", css, err)
	}
}

const find = `(() => { const shown = [...document.querySelectorAll('a,button,summary,label')].filter(e => e.checkVisibility());
document.querySelectorAll('[data-aim]').forEach(e => e.removeAttribute('data-aim'));
const said = e => (e.getAttribute('aria-label') || e.innerText || '').replace(/\s+/g, ' ').trim();
const e = shown.find(e => said(e) === %[1]s) || shown.find(e => (e.innerText || '').trim() === %[1]s) || shown.find(e => said(e).includes(%[1]s));
if (e) e.setAttribute('data-aim', ''); return !!e })()`

// ClickText clicks the first visible link, button, summary or label with the text, whole or in part.
func (b *Browser) ClickText(text string) {
	b.t.Helper()
	if !Eval[bool](b, fmt.Sprintf(find, quote(text))) {
		b.t.Fatalf("nothing to click says %q at %s, which says:\n%.1500s", text, b.URL(), Eval[string](b, "document.body.innerText"))
	}
	b.Click("[data-aim]")
}

// Choose chooses a file of the name and content in a file field. It lies where the browser's own user may read it.
func (b *Browser) Choose(css, name string, content []byte) {
	b.t.Helper()
	b.must(css)
	dir, err := os.MkdirTemp("", "slussfile")
	if err == nil {
		b.t.Cleanup(func() { _ = os.RemoveAll(dir) })
		err = os.Chmod(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), content, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.do("choose a file in "+css, chromedp.SetUploadFiles(chromedp.CSS(css), []string{filepath.Join(dir, name)}))
}
