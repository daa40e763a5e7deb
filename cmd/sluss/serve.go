package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"sluss/internal/web"
	"sluss/internal/web/asset"
)

type serveCmd struct {
	Listen string `default:"localhost:8080" env:"SLUSS_LISTEN" help:"The address to serve at."`
	Phone  string `env:"SLUSS_PHONE" help:"The telephone number shown when nothing else works."`
}

// Run serves until it is told to stop.
func (s serveCmd) Run(g *globals) error {
	if err := asset.Missing(); err != nil {
		return err
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	return h.serve(g.ctx, s.Listen, s.Phone, false)
}

// serve listens, says so on stdout, and answers until ctx ends.
func (h *house) serve(ctx context.Context, listen, phone string, demo bool) error {
	debug.SetMemoryLimit(200 << 20)
	pages := h.pages()
	defer h.work(ctx, pages)()
	kit := &web.Kit{Signin: h.in, Log: h.log, Demo: demo, Phone: phone, Frame: pages.Frame}
	handler, err := kit.Mux(pages.Routes()...)
	if err != nil {
		return err
	}
	l, err := listener(listen)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10}
	fmt.Printf("ready http://localhost:%d/\n", l.Addr().(*net.TCPAddr).Port)
	go h.keepCounting(ctx)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		wait, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		stopped <- srv.Shutdown(wait)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// listener listens on the machine itself only: everything else goes through TLS.
func listener(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w", address, err)
	}
	if host != "localhost" && host != "127.0.0.1" && host != "::1" {
		return nil, fmt.Errorf("--listen %s: without TLS only localhost is served", address)
	}
	return net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
}
