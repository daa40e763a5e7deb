package harness

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Ran is how a command of the program ended.
type Ran struct {
	Out, Err string
	Code     int
}

// Run runs the real program to its end, with nothing on its input.
func Run(t testing.TB, args ...string) Ran {
	t.Helper()
	c := program(t, args...)
	var out, words bytes.Buffer
	c.Stdout, c.Stderr = &out, &words
	err := c.Run()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	return Ran{out.String(), words.String(), c.ProcessState.ExitCode()}
}

// Must is Run that fails the test unless the command did what it was for; it gives what stood on stdout, trimmed.
func Must(t testing.TB, args ...string) string {
	t.Helper()
	r := Run(t, args...)
	if r.Code != 0 {
		t.Fatalf("sluss %s ended with %d:\n%s", strings.Join(args, " "), r.Code, r.Err)
	}
	return strings.TrimSpace(r.Out)
}

// Real starts the real program and gives what it said it serves at, ending in a slash, and a function that stops it
// and gives its exit code and what it wrote on stderr. It ends with the test at the latest.
func Real(t testing.TB, args ...string) (url string, stop func() Ran) {
	t.Helper()
	c := program(t, args...)
	var words bytes.Buffer
	c.Stderr = &words
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	stop = func() Ran {
		if !ended {
			ended = true
			_ = c.Process.Signal(syscall.SIGTERM)
			_ = c.Wait()
		}
		return Ran{Err: words.String(), Code: c.ProcessState.ExitCode()}
	}
	t.Cleanup(func() { stop() })
	return ready(t, bufio.NewScanner(out)), stop
}

func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	if testing.Short() {
		t.Skip("the whole program is not started with -short")
	}
	bin, err := binary()
	if err != nil {
		t.Fatal("the program does not build: ", err)
	}
	c := exec.Command(bin, args...)
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "SLUSS_") {
			c.Env = append(c.Env, e)
		}
	}
	return c
}

// Passkeys gives the browser an authenticator that keeps passkeys and confirms its user by itself.
func (b *Browser) Passkeys() {
	b.t.Helper()
	b.do("authenticator", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true,
			AutomaticPresenceSimulation: true}})
		return chromedp.Void{}, err
	})
}

// Forget throws away the browser's cookies, as if it were another one.
func (b *Browser) Forget() {
	b.t.Helper()
	b.do("forget", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
		return chromedp.Void{}, err
	})
}

// Cookies names the cookies that the browser holds, also those that no script reads.
func (b *Browser) Cookies() (names []string) {
	b.t.Helper()
	b.do("cookies", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		res, err := cdp.Call(ctx, t, storage.GetCookies, storage.GetCookiesParams{})
		if err != nil {
			return chromedp.Void{}, err
		}
		for _, c := range res.Cookies {
			names = append(names, c.Name)
		}
		return chromedp.Void{}, nil
	})
	return names
}
