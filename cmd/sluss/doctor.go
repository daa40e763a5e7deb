package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"sluss/internal/clock"
	"sluss/internal/store"
	"sluss/internal/vault"
	"sluss/internal/watch"
)

type doctorCmd struct{ serving }

// Help gives the example.
func (doctorCmd) Help() string {
	return "Takes the flags of serve, so that they can be tried before. It changes nothing.\n\nExample: sluss --db gateway.db doctor --origin https://sluss.example.se"
}

// setting is a setting in force and where it comes from: flag, environment or default.
type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

// finding is one thing looked at.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

// report is what the doctor answers with.
type report struct {
	Version  string    `json:"version"`
	Settings []setting `json:"settings"`
	Findings []finding `json:"findings"`
}

// Run looks at everything and ends with exitWrong when something is wrong.
func (c doctorCmd) Run(g *globals, k *kong.Context) error {
	r := &report{Version: version, Settings: settings(k)}
	r.way(c.serving)
	r.files(g)
	r.database(g)
	r.disk(g)
	if err := r.print(g); err != nil {
		return err
	}
	for _, f := range r.Findings {
		if !f.OK {
			return errWrong
		}
	}
	return nil
}

func (r *report) add(what string, err error, text string, args ...any) {
	f := finding{what, err == nil, fmt.Sprintf(text, args...)}
	if err != nil {
		f.Text = err.Error()
	}
	r.Findings = append(r.Findings, f)
}

// settings lists every setting with its value; secrets are files, so there is none among them.
func settings(k *kong.Context) []setting {
	given := map[string]bool{}
	for _, p := range k.Path {
		if p.Flag != nil {
			given[p.Flag.Name] = true
		}
	}
	var list []setting
	for _, f := range k.Flags() {
		if f.Name == "help" {
			continue
		}
		s := setting{f.Name, shownValue(f.Target), "default"}
		for _, env := range f.Envs {
			if _, set := os.LookupEnv(env); set {
				s.From = "environment " + env
			}
		}
		if given[f.Name] {
			s.From = "flag"
		}
		list = append(list, s)
	}
	return list
}

func shownValue(v reflect.Value) string {
	s := fmt.Sprint(v.Interface())
	if before, rest, ok := strings.Cut(s, "://"); ok && strings.HasPrefix(before, "postgres") {
		if _, host, secret := strings.Cut(rest, "@"); secret {
			return before + "://…@" + host
		}
	}
	return s
}

// way checks how browsers come in.
func (r *report) way(s serving) {
	f, err := s.check()
	r.add("way in", err, "%s, %s", s.Listen, map[bool]string{true: "by TLS", false: "this machine only"}[f.secure])
	if s.Metrics != "" && !loopback(s.Metrics) {
		r.add("metrics", errors.New("figures are served on this machine only"), "")
	}
	if s.TLSCert != "" && err == nil {
		r.certificate(s)
	}
}

func (r *report) certificate(s serving) {
	pair, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	var cert *x509.Certificate
	if err == nil {
		cert, err = x509.ParseCertificate(pair.Certificate[0])
	}
	if err == nil && time.Until(cert.NotAfter) < 14*24*time.Hour {
		err = fmt.Errorf("the certificate ends %s", cert.NotAfter.Format(time.DateOnly))
	}
	if err == nil {
		err = cert.VerifyHostname(strings.TrimPrefix(strings.Split(s.Origin, ":")[1], "//"))
	}
	if err != nil {
		r.add("certificate", err, "")
		return
	}
	r.add("certificate", nil, "until %s", cert.NotAfter.Format(time.DateOnly))
}

// files checks that only the owner reads what must not be read by others.
func (r *report) files(g *globals) {
	keys, err := g.keyFile()
	if err != nil {
		r.add("key file", err, "")
		return
	}
	protected := g.protectedFile(keys)
	v, err := vault.Open(keys, protected)
	r.add("key file", err, "%s", keys)
	if err == nil && !v.Protected() {
		err = fmt.Errorf("%s is missing: nothing about people with protected identity can be read. Put it back, or name it with --protected-keys", protected)
	}
	apart := ""
	if filepath.Dir(keys) == filepath.Dir(protected) {
		apart = "; in the same folder as the other, so that whoever takes one takes both"
	}
	r.add("protected key file", err, "%s%s", protected, apart)
	if strings.HasPrefix(g.DB, "postgres") {
		return
	}
	path := strings.TrimPrefix(g.DB, "sqlite:")
	r.mode("database file", path)
	folder, err := os.Stat(filepath.Dir(path))
	if err == nil && folder.Mode().Perm()&0o002 != 0 {
		err = fmt.Errorf("anybody can write in %s", filepath.Dir(path))
	}
	r.add("folder", err, "%s", filepath.Dir(path))
}

func (r *report) mode(what, path string) {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = fmt.Errorf("%s can be read by others; run: chmod 600 %s", path, path)
	}
	r.add(what, err, "%s", path)
}

// database checks schema, bonds, keys, clock and backups.
func (r *report) database(g *globals) {
	h, err := g.look(g.ctx)
	if err != nil {
		r.add("database", err, "")
		return
	}
	defer h.store.Close()
	r.add("schema", nil, "%d", store.Newest())
	r.add("rows and bonds", h.store.Verify(g.ctx), "whole")
	if h.vault != nil {
		r.add("areas", h.opens(g.ctx), "%d, all opened by the key file", len(h.areas))
		r.shielded(g, h)
	}
	newest, err := watch.Newest(g.ctx, h.store)
	now := h.clock.Now()
	if err == nil && newest > now.Add(time.Minute) {
		err = fmt.Errorf("the machine's clock says %s, before the newest row of the database", now.Time().Format(time.DateTime))
	}
	r.add("clock", err, "%s", now.Time().Format("2006-01-02 15:04 MST"))
	r.backups(g, h)
}

// shielded checks that the second key wraps everybody with protected identity.
func (r *report) shielded(g *globals, h *house) {
	wrapped, waiting := 0, 0
	err := h.store.Read(g.ctx, func(tx *store.Tx) error {
		wrapped, waiting = 0, 0
		for _, a := range h.areas {
			n, left, err := vault.Shielded(g.ctx, tx, a.ID)
			if err != nil {
				return err
			}
			wrapped, waiting = wrapped+n, waiting+left
		}
		return nil
	})
	if err == nil && waiting > 0 {
		err = fmt.Errorf("%d with protected identity are still under the ordinary key; they are taken over when the program starts with both key files", waiting)
	}
	r.add("protected people", err, "%d, all under the key of their own", wrapped)
}

func (r *report) backups(g *globals, h *house) {
	if g.notes() == "" {
		r.add("backup", nil, "PostgreSQL's own; see docs/runbooks/postgres-backup.md")
		return
	}
	last, err := watch.Last(g.notes())
	if err != nil {
		r.add("backup", err, "")
		return
	}
	b, ok := last[watch.Backup]
	switch {
	case !ok && len(h.areas) == 0:
		r.add("backup", nil, "nothing to back up yet")
	case !ok:
		r.add("backup", errors.New("none has been made; see: sluss backup --help"), "")
	case clock.System().Sub(b.At) > watch.TooOld:
		r.add("backup", fmt.Errorf("the last one is from %s", b.At.Local().Format(time.DateTime)), "")
	default:
		r.add("backup", nil, "%s, %s", b.At.Local().Format(time.DateTime), b.File)
	}
	all, err := watch.Noted(g.notes())
	for i := len(all) - 1; i >= 0; i-- {
		if d := all[i]; d.What == watch.Drill {
			if d.Fault != "" {
				err = errors.Join(err, errors.New(d.Fault))
			}
			r.add("drill", err, "%s, %s", d.At.Local().Format(time.DateTime), d.File)
			return
		}
	}
}

// disk checks that there is room for the database once more, which a backup needs, and some to grow.
func (r *report) disk(g *globals) {
	if strings.HasPrefix(g.DB, "postgres") {
		return
	}
	path := strings.TrimPrefix(g.DB, "sqlite:")
	var s syscall.Statfs_t
	err := syscall.Statfs(filepath.Dir(path), &s)
	free := int64(s.Bavail) * s.Bsize
	need := int64(500 << 20)
	if info, e := os.Stat(path); e == nil {
		need += 2 * info.Size()
	}
	if err == nil && free < need {
		err = fmt.Errorf("%d MB free where %d MB are wanted", free>>20, need>>20)
	}
	r.add("disk", err, "%d MB free", free>>20)
}

func (r *report) print(g *globals) error {
	if g.JSON {
		return g.tell(r, "")
	}
	fmt.Println("version\t" + r.Version)
	for _, s := range r.Settings {
		fmt.Printf("setting\t%s\t%s\t(%s)\n", s.Name, s.Value, s.From)
	}
	for _, f := range r.Findings {
		word := "ok"
		if !f.OK {
			word = "WRONG"
		}
		fmt.Printf("%s\t%s\t%s\n", word, f.What, f.Text)
	}
	return nil
}
