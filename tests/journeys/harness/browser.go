// Package harness drives a real browser against the real program, and checks each page it stops at.
package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// patience bounds one step. Nothing waits for it to pass; it only ends a step that hangs.
const patience = 30 * time.Second

// Browser is one browser with one tab and its own cookies. Its methods fail the test that started it.
type Browser struct {
	t       testing.TB
	ctx     context.Context
	width   int64
	sources map[string]string // of the pages checked so far, by name

	scriptOff bool
}

// Start starts Chromium in its sandbox, 1280 px wide; as root it runs as nobody. Without Chromium the test fails; with
// -short it is skipped.
func Start(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are not run with -short")
	}
	dir, err := os.MkdirTemp("", "slusschrome")
	if err != nil {
		t.Fatal(err)
	}
	opts := []chromedp.ExecAllocatorOption{
		chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.DisableGPU,
		chromedp.UserDataDir(dir), chromedp.Flag("no-sandbox", false),
	}
	if os.Getuid() == 0 {
		opts = append(opts, asNobody(t, dir)...)
	}
	actx, stopAll := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(actx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx)
		stop()
		stopAll()
		_ = os.RemoveAll(dir)
	})
	b := &Browser{t: t, ctx: ctx, sources: map[string]string{}}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal("Chromium does not start (make deps installs it): ", err)
	}
	b.Width(1280)
	return b
}

func asNobody(t testing.TB, dir string) []chromedp.ExecAllocatorOption {
	u, err := user.Lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	cred := &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return []chromedp.ExecAllocatorOption{chromedp.Env("HOME=" + dir), chromedp.ModifyCmdFunc(func(c *exec.Cmd) {
		c.Dir = dir
		c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Credential: cred}
	})}
}

// do runs steps and fails the test with what was being done.
func (b *Browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// Eval gives the value of an expression in the page.
func Eval[T any](b *Browser, js string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.80s: %v", js, err)
	}
	return v
}

// Go opens an address.
func (b *Browser) Go(url string) {
	b.t.Helper()
	b.do("open "+url, chromedp.Navigate(url))
}

// Back goes to the page before.
func (b *Browser) Back() {
	b.t.Helper()
	b.do("back", chromedp.NavigateBack())
}

// Width makes the window so many pixels wide.
func (b *Browser) Width(px int64) {
	b.t.Helper()
	b.width = px
	b.do("width", chromedp.EmulateViewport(px, 900))
}

// OnPaper shows the page as it is printed, or as on a screen again.
func (b *Browser) OnPaper(on bool) {
	b.t.Helper()
	media := "screen"
	if on {
		media = "print"
	}
	b.do("paper", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		return chromedp.Void{}, err
	})
}

// Prefers shows the pages opened from now on as to somebody who asks for it: features and their values, as "forced-colors", "active".
func (b *Browser) Prefers(asked ...string) {
	b.t.Helper()
	var features []*emulation.MediaFeature
	for pair := range slices.Chunk(asked, 2) {
		features = append(features, &emulation.MediaFeature{Name: pair[0], Value: pair[1]})
	}
	b.do("prefers", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return chromedp.Void{}, err
	})
}

// ScriptOff turns script off in the pages opened from now on.
func (b *Browser) ScriptOff() {
	b.t.Helper()
	b.scriptOff = true
	b.script(false)
}

func (b *Browser) script(on bool) {
	b.t.Helper()
	b.do("script on or off", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return chromedp.Void{}, err
	})
}

// Key presses keys, as typed: "\t", "\r" or letters.
func (b *Browser) Key(keys string) {
	b.t.Helper()
	b.do("keys", chromedp.KeyEvent(keys))
}

// Text gives the text of the first element, as it is shown.
func (b *Browser) Text(css string) string {
	b.t.Helper()
	b.must(css)
	return Eval[string](b, "document.querySelector("+quote(css)+").innerText.replaceAll('\u2060', '')") // without the sign that keeps a line whole
}

// Has tells whether the page holds such an element.
func (b *Browser) Has(css string) bool {
	b.t.Helper()
	return Eval[bool](b, "document.querySelector("+quote(css)+") !== null")
}

// URL gives the address of the page.
func (b *Browser) URL() string {
	b.t.Helper()
	return Eval[string](b, "location.href")
}

func (b *Browser) must(css string) {
	b.t.Helper()
	if !b.Has(css) {
		b.t.Fatalf("no %s at %s, which says:\n%.1500s", css, b.URL(), Eval[string](b, "document.body.innerText"))
	}
}

const fill = `(() => { const e = document.querySelector(%s); e.focus();
if (e.tagName !== 'SELECT') { if (e.select) e.select(); return false }
const o = [...e.options].find(o => o.value === %[2]s || o.text.trim() === %[2]s);
if (!o) throw new Error('no such option: ' + %[2]s);
e.value = o.value; return true })()`

// Fill writes in a field in place of what stood there, or chooses an option of a list by value or text.
func (b *Browser) Fill(css, text string) {
	b.t.Helper()
	b.must(css)
	if Eval[bool](b, fmt.Sprintf(fill, quote(css), quote(text))) {
		return
	}
	if text == "" {
		b.Key("\b")
		return
	}
	b.do("fill "+css, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	})
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
