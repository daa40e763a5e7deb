package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"sluss/internal/attendance"
	"sluss/internal/audit"
	"sluss/internal/intake"
	"sluss/internal/mail"
	"sluss/internal/remind"
	"sluss/internal/retention"
	"sluss/internal/web/staff"
	"sluss/internal/worker"
)

// outgoing is how words leave the house.
type outgoing struct {
	SMTP         string `name:"smtp" env:"SLUSS_SMTP" help:"The mail server; without one no e-mail is sent." placeholder:"HOST:PORT"`
	SMTPFrom     string `name:"smtp-from" env:"SLUSS_SMTP_FROM" help:"Who e-mail is from." placeholder:"ADDRESS"`
	SMTPUser     string `name:"smtp-user" env:"SLUSS_SMTP_USER" help:"The name to sign in to the mail server with." placeholder:"NAME"`
	SMTPPassword string `name:"smtp-password-file" env:"SLUSS_SMTP_PASSWORD_FILE" help:"The file with the password." placeholder:"FILE"`
	SMSFile      string `name:"sms-file" env:"SLUSS_SMS_FILE" help:"A file that text messages are added to as lines of JSON, for another program to send; without one none are." placeholder:"FILE"`
	WitnessMail  string `name:"witness-mail" env:"SLUSS_WITNESS_MAIL" help:"The address of a second organisation that keeps the log's checkpoints; needs --smtp." placeholder:"ADDRESS"`
	SMTPPlain    bool   `name:"smtp-plain" env:"SLUSS_SMTP_PLAIN" help:"Speak without TLS, to a mail server on this machine itself."`
}

// sender makes the way out for e-mail; nil without a server.
func (o outgoing) sender() (mail.Sender, error) {
	if o.SMTP == "" {
		return nil, nil
	}
	if o.SMTPFrom == "" {
		return nil, fmt.Errorf("--smtp needs --smtp-from: who the e-mail is from")
	}
	s := mail.SMTP{Server: o.SMTP, From: o.SMTPFrom, User: o.SMTPUser, Plain: o.SMTPPlain}
	if o.SMTPPassword != "" {
		b, err := os.ReadFile(o.SMTPPassword)
		if err != nil {
			return nil, err
		}
		s.Password = strings.TrimSpace(string(b))
	}
	return s, nil
}

// texts makes the way out for text messages; nil without a file.
func (o outgoing) texts() mail.Sender {
	if o.SMSFile == "" {
		return nil
	}
	return &mail.File{Path: o.SMSFile}
}

// witness is the second organisation that checkpoints are sent to; nil where none is named.
func (o outgoing) witness(h *house, out mail.Sender) (*audit.Witness, error) {
	switch {
	case o.WitnessMail == "":
		return nil, nil
	case out == nil:
		return nil, fmt.Errorf("--witness-mail needs --smtp: the server that e-mail goes through")
	}
	return &audit.Witness{Store: h.store, Clock: h.clock, Mail: out, To: o.WitnessMail}, nil
}

// keeper opens what keeps the log's tree. Without its signing key the gateway is served and the log left unsigned, which
// the monitor tells.
func (g *globals) keeper(h *house) (*audit.Keeper, error) {
	keys, err := g.keyFile()
	if err != nil {
		return nil, err
	}
	path, err := g.checkpoints()
	if err != nil {
		return nil, err
	}
	k := &audit.Keeper{Store: h.store, Clock: h.clock}
	if k.Signer, err = audit.OpenSigner(signer(keys)); err != nil {
		slog.ErrorContext(g.ctx, "the log is not signed", "error", err)
	}
	known, err := audit.OpenVerifiers(audit.PublicKey(signer(keys)))
	if err != nil {
		known, k.Signer = note.VerifierList(), nil
		slog.ErrorContext(g.ctx, "the log is not signed", "error", err)
	}
	k.Outside, err = audit.OpenOutside(path, known)
	return k, err
}

// weeder is what destroys records whose time has come. Whom the list outside names, and a backup that was put back has again, is
// destroyed before anybody is served.
func (g *globals) weeder(h *house) (*retention.Weeder, error) {
	keys, err := g.keyFile()
	if err != nil {
		return nil, err
	}
	w := &retention.Weeder{Store: h.store, Clock: h.clock, File: strings.TrimSuffix(keys, ".key") + ".weeded"}
	n, err := w.Replay(g.ctx)
	if n > 0 {
		slog.WarnContext(g.ctx, "destroyed again after a backup was put back", "people", n)
	}
	return w, err
}

// work does what changes leave behind, beside serving; the answer stops it.
func (h *house) work(ctx context.Context, pages *staff.Pages, out, texts mail.Sender, keeper *audit.Keeper, weeder *retention.Weeder) (stop func()) {
	post := &intake.Post{Store: h.store, Vault: h.vault, Clock: h.clock, Mail: out, Text: texts}
	reminders := &remind.Post{Store: h.store, Vault: h.vault, Clock: h.clock, Mail: out, Text: texts, Told: attendance.HasTold}
	kinds := []worker.Kinds{reminders.Kinds(), pages.Intray.Kinds(), pages.Asked.Kinds(), pages.Opinion.Kinds(), post.Kinds(), pages.Place.Kinds(h.clock)}
	if keeper.Witness != nil {
		kinds = append(kinds, keeper.Witness.Kinds())
	}
	jobs := worker.Start(ctx, h.store, h.clock, kinds...)
	ctx, cancel := context.WithCancel(ctx)
	var kept sync.WaitGroup
	kept.Go(func() { keeper.Run(ctx) })
	kept.Go(func() { weeder.Run(ctx) })
	kept.Go(func() { reminders.Run(ctx) })
	return func() {
		cancel()
		jobs()
		kept.Wait()
	}
}
