package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"sluss/internal/watch"
	"sluss/internal/web"
	"sluss/internal/web/asset"
	"sluss/internal/web/staff"
)

// serving is how one serves.
type serving struct {
	Listen  string   `default:"localhost:8080" env:"SLUSS_LISTEN" help:"The address to serve at. Anything but this machine itself needs TLS or a proxy."`
	Origin  string   `env:"SLUSS_ORIGIN" help:"The address that browsers use, as https://sluss.example.se; passkeys are bound to it." placeholder:"URL"`
	TLSCert string   `name:"tls-cert" env:"SLUSS_TLS_CERT" help:"The certificate file; read again when it changes." placeholder:"FILE"`
	TLSKey  string   `name:"tls-key" env:"SLUSS_TLS_KEY" help:"The certificate's key file." placeholder:"FILE"`
	Proxy   []string `env:"SLUSS_PROXY" help:"The networks of the proxy in front, which speaks TLS; others are refused." placeholder:"CIDR"`
	Metrics string   `env:"SLUSS_METRICS" help:"Where figures for a monitor are served; this machine only." placeholder:"localhost:PORT"`
	OIDC    string   `name:"oidc" env:"SLUSS_OIDC" type:"existingfile" help:"The file that tells by which OpenID provider each agency's staff sign in; check it with: sluss agency oidc." placeholder:"FILE"`
	Phone   string   `env:"SLUSS_PHONE" help:"The telephone number shown when nothing else works."`
	outgoing
	demo bool
}

type serveCmd struct{ serving }

// Help gives the examples.
func (serveCmd) Help() string {
	return `Examples:
  sluss serve
  sluss serve --listen :443 --origin https://sluss.example.se --tls-cert cert.pem --tls-key key.pem
  sluss serve --listen :8080 --origin https://sluss.example.se --proxy 10.0.0.5/32`
}

const begin = `The database is empty. Make the municipality, its gateway and its head first, with one command:

  sluss --db %s setup --municipality 1415 --unit "Slussen" --head "Anna Berg" --email anna.berg@example.se

It prints a one-time link for the head. Then run sluss serve again. To look around among invented people: sluss demo
`

// Run serves until it is told to stop. An empty database is set up first, where there is a terminal to ask at.
func (s serveCmd) Run(g *globals) error {
	if err := asset.Missing(); err != nil {
		return err
	}
	if _, err := s.check(); err != nil {
		return err
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return busy(err)
	}
	defer h.store.Close()
	for _, a := range h.areas {
		if a.Demo {
			return fmt.Errorf("%s holds the demo, where anybody may sign in as anyone; run sluss demo, or name another database with --db", g.DB)
		}
	}
	if len(h.areas) == 0 {
		if err := s.first(g, h); err != nil {
			return err
		}
	}
	return h.serve(g, s.serving)
}

func (s serveCmd) first(g *globals, h *house) error {
	if !terminal(os.Stdin) {
		fmt.Fprintf(os.Stderr, begin, g.DB)
		return errors.New("nothing to serve yet")
	}
	up := setupCmd{Origin: s.Origin}
	if up.Origin == "" {
		_, port, _ := net.SplitHostPort(s.Listen)
		up.Origin = "http://localhost:" + port
	}
	if err := up.ask(); err != nil {
		return err
	}
	return up.make(g, h)
}

// serve listens, says so on stdout, and answers until the program is told to stop.
func (h *house) serve(g *globals, s serving) error {
	front, err := s.check()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", front.listen)
	if err != nil {
		return err
	}
	port := l.Addr().(*net.TCPAddr).Port
	if s.Origin == "" {
		s.Origin = fmt.Sprintf("http://localhost:%d", port)
	}
	keeper, err := g.keeper(h)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	w := &watch.Watch{Store: h.store, Log: h.log, Outside: keeper.Outside, Clock: h.clock, Started: h.clock.Now(), Notes: g.notes(), Closed: !h.vault.Protected()}
	stop, err := figures(w, s.Metrics)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer stop()
	if h.in.Providers, h.in.EIDs, err = h.providers(g, s.OIDC, s.Origin); err != nil {
		return errors.Join(err, l.Close())
	}
	pages := h.pages()
	pages.Watch = w
	out, err := s.sender()
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if keeper.Witness, err = s.witness(h, out); err != nil {
		return errors.Join(err, l.Close())
	}
	w.Witness = keeper.Witness != nil
	weeder, err := g.weeder(h)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer h.work(g.ctx, pages, out, s.texts(), keeper, weeder)()
	handler, err := h.handler(s, front, w, pages)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	srv := &http.Server{Handler: handler, TLSConfig: front.tls, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	tuneMemory()
	go h.keepCounting(g.ctx)
	defer h.keepVisits(g.ctx, pages.Site)()
	fmt.Printf("ready %s/\n", s.shown(port))
	return answer(g.ctx, srv, l, w)
}

// shown is the address printed: the machine's own, or the public one where that is another.
func (s serving) shown(port int) string {
	if strings.HasPrefix(s.Origin, "https://") {
		return s.Origin
	}
	return fmt.Sprintf("http://localhost:%d", port)
}

func (h *house) handler(s serving, front front, w *watch.Watch, pages *staff.Pages) (http.Handler, error) {
	if err := h.in.At(s.Origin); err != nil {
		return nil, err
	}
	kit := &web.Kit{Signin: h.in, Log: h.log, Demo: s.demo, Secure: front.secure, Phone: s.Phone, Frame: pages.Frame, Answered: w.Answered, From: front.client}
	inner, err := kit.Mux(slices.Concat(h.public(pages).Routes(), pages.Routes(), h.own().Routes(), h.api(pages).Routes(), []web.Route{web.KeepingRoute()})...)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", w.Live)
	mux.HandleFunc("GET /readyz", w.Ready)
	mux.Handle("/", front.only(inner))
	return mux, nil
}

// answer answers until ctx ends, then lets what has begun finish.
func answer(ctx context.Context, srv *http.Server, l net.Listener, w *watch.Watch) error {
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		w.Leave()
		wait, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		stopped <- srv.Shutdown(wait)
	}()
	serve := srv.Serve
	if srv.TLSConfig != nil {
		serve = func(l net.Listener) error { return srv.ServeTLS(l, "", "") }
	}
	if err := serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// tuneMemory lets the heap grow to three times what lives before it is swept, since little lives, and sweeps harder near
// what a small machine has.
func tuneMemory() {
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(200 << 20)
}

// figures serves the monitor's page on a listener of its own, on this machine only.
func figures(w *watch.Watch, address string) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	if !loopback(address) {
		return nil, fmt.Errorf("--metrics %s: figures are served on this machine only, as localhost:9090", address)
	}
	l, err := net.Listen("tcp", strings.Replace(address, "localhost:", "127.0.0.1:", 1))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", w.Figures())
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second}
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("figures", "error", err)
		}
	}()
	fmt.Fprintf(os.Stderr, "figures at http://%s/metrics\n", l.Addr())
	return func() { _ = srv.Close() }, nil
}
