package harness

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// faint gives what one cannot make out where the browser alone chooses colours: a button or a mark without an edge or words, a place in
// a menu that looks like its neighbours, a picture that says nothing and is not hidden, or something chosen that looks like the rest.
const faint = `(() => { const none = (e, side) => { const s = getComputedStyle(e); return s['border' + side + 'Style'] === 'none' || parseFloat(s['border' + side + 'Width']) === 0 };
const seen = css => [...document.querySelectorAll(css)].filter(e => e.checkVisibility());
const said = e => (e.getAttribute('aria-label') || e.innerText || '').trim();
const at = (what, e) => what + ': ' + e.outerHTML.slice(0, 200);
for (const e of seen('.ds-button:not([data-variant=tertiary])')) if (none(e, 'Top')) return at('no edge', e);
for (const e of seen('.ds-button, .ds-tag')) if (!said(e)) return at('no words', e);
for (const e of seen('.ds-tag')) if (none(e, 'Top') && getComputedStyle(e).outlineStyle === 'none') return at('no edge', e);
for (const e of seen('.nav [aria-current], .langs [aria-current]')) if (none(e, 'Bottom')) return at('not marked', e);
for (const e of seen('input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea, select')) if (none(e, 'Top') && none(e, 'Bottom')) return at('no edge', e);
for (const e of seen('main svg')) if (e.getAttribute('aria-hidden') !== 'true' && !e.closest('[aria-hidden=true]') && !said(e) && !e.getAttribute('aria-labelledby') && !e.querySelector('title')) return at('says nothing', e);
return '' })()`

// moving gives the first thing on the page that moves or fades.
const moving = `(() => { const still = s => s.split(',').every(x => parseFloat(x) === 0);
const e = [...document.querySelectorAll('*')].find(e => { const s = getComputedStyle(e); return !still(s.transitionDuration) || s.animationName !== 'none' && !still(s.animationDuration) });
return e ? e.outerHTML.slice(0, 200) : '' })()`

// focused gives the first thing that can have the focus and does not show it.
const focused = `(() => { const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => e.checkVisibility() && !e.disabled);
for (const e of all) { e.focus({ preventScroll: true, focusVisible: true }); const s = getComputedStyle(e);
if (document.activeElement === e && (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) === 0)) return e.outerHTML.slice(0, 200) }
return '' })()`

// Sight opens a page as those see it who enlarge it (200 % of 1280 pixels, and a window of 320), who asked that nothing moves, and whose
// colours the browser chooses: it is whole, what has the focus shows, and nothing is told by colour alone.
func (b *Browser) Sight(t testing.TB, address string) {
	t.Helper()
	for _, fault := range b.sight(address) {
		t.Errorf("%s %s", address, fault)
	}
}

func (b *Browser) sight(address string) (faults []string) {
	b.t.Helper()
	b.do("focus", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) { // a browser without a window has it nowhere
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return chromedp.Void{}, err
	})
	b.Prefers("prefers-reduced-motion", "reduce", "forced-colors", "active")
	b.Width(640)
	b.Go(address)
	for _, px := range []int64{640, 320} {
		if b.Width(px); b.Overflow() != "" {
			faults = append(faults, fmt.Sprintf("scrolls sideways at %d pixels: %s", px, b.Overflow()))
		}
	}
	for _, check := range []struct{ what, js string }{
		{"moves for somebody who asked it not to: ", moving}, {"in forced colours has ", faint}, {"does not show the focus: ", focused},
	} {
		if e := Eval[string](b, check.js); e != "" {
			faults = append(faults, check.what+e)
		}
	}
	return faults
}
