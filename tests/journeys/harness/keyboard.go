package harness

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// most is how many presses of Tab one may need to reach something.
const most = 150

// FocusTo presses Tab until the first visible link, button, summary or label with the text has the focus, whole or in
// part; a label's is on its field. It fails the test when that takes too many presses.
func (b *Browser) FocusTo(text string) {
	b.t.Helper()
	if !Eval[bool](b, fmt.Sprintf(find, quote(text))) {
		b.t.Fatalf("nothing says %q at %s, which says:\n%.1500s", text, b.URL(), Eval[string](b, "document.body.innerText"))
	}
	b.FocusOn("[data-aim]")
}

// where tells how far the focus is from an element: on it, in its group of radio buttons, or elsewhere.
const where = `(() => { const e = document.querySelector(%s), to = e.control || e, at = document.activeElement;
return at === to ? 'there' : to.type === 'radio' && at.type === 'radio' && at.name === to.name && at.form === to.form ? 'group' : 'elsewhere' })()`

// FocusOn is FocusTo for the first element that the selector names. Among radio buttons it goes on with the arrow.
func (b *Browser) FocusOn(css string) {
	b.t.Helper()
	b.must(css)
	for range most {
		switch Eval[string](b, fmt.Sprintf(where, quote(css))) {
		case "there":
			return
		case "group":
			b.Key(down)
		default:
			b.Key("\t")
		}
	}
	b.t.Fatalf("%d presses of Tab do not reach %s at %s", most, css, b.URL())
}

const down = "\u0301" // the arrow, as chromedp writes it

// Press presses what has the focus: Space for a choice, Enter for the rest, which in a field sends its form. When that opens a page it waits until the
// page has loaded.
func (b *Browser) Press() {
	b.t.Helper()
	if Eval[bool](b, `['radio', 'checkbox'].includes(document.activeElement.type)`) {
		b.Key(" ")
		return
	}
	if !Eval[bool](b, `document.activeElement.matches('form input')`) && !Eval[bool](b, fmt.Sprintf(leads, quote(":focus"))) {
		b.Key("\r")
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent("\r")); err != nil {
		b.t.Fatalf("enter at %s: %v", b.URL(), err)
	}
}

// Type writes in the field that has the focus in place of what stood there, as Tab leaves it; in a list it is the
// beginning of an option's text.
func (b *Browser) Type(text string) {
	b.t.Helper()
	if text == "" {
		text = "\b"
	}
	b.Key(text)
	got := Eval[string](b, `(() => { const e = document.activeElement; return e.selectedOptions ? e.selectedOptions[0].text.trim() : e.value })()`)
	if text != "\b" && !strings.HasPrefix(strings.ToLower(got), strings.ToLower(text)) {
		b.t.Fatalf("typing %q at %s gave %q", text, b.URL(), got)
	}
}
