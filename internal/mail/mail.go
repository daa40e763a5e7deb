// Package mail carries words out of the house: e-mail over SMTP, text messages to a file that another program sends. What
// is said is decided elsewhere; nothing here is kept.
package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is one message to one person.
type Message struct {
	To      string // an e-mail address or a telephone number
	Subject string
	Text    string
	ReplyTo string
}

// Sender sends one message; an error means that it may not have been sent.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// ErrRefused tells that the receiver's side refused this address for good; trying again does not help.
var ErrRefused = errors.New("the address was refused")

// SMTP sends e-mail through a server.
type SMTP struct {
	Server   string // host:port
	From     string
	User     string
	Password string
	Plain    bool // without TLS: only to this machine itself
}

const patience = 20 * time.Second

// Send sends an e-mail. ErrRefused when the server says that the address is not to be had.
func (s SMTP) Send(ctx context.Context, m Message) error {
	msg := gomail.NewMsg()
	if err := msg.From(s.From); err != nil {
		return fmt.Errorf("sender of e-mail: %w", err)
	}
	if err := msg.To(m.To); err != nil {
		return ErrRefused // the address itself is personal and stays out of the error
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return fmt.Errorf("address to answer: %w", err)
		}
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageID()
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	c, err := s.client()
	if err != nil {
		return err
	}
	if err := c.DialAndSendWithContext(ctx, msg); err != nil {
		return s.failed(err)
	}
	return nil
}

func (s SMTP) client() (*gomail.Client, error) {
	host, port, err := net.SplitHostPort(s.Server)
	if err != nil {
		return nil, fmt.Errorf("the mail server %q: %w", s.Server, err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("the mail server's port %q: %w", port, err)
	}
	opts := []gomail.Option{gomail.WithPort(n), gomail.WithTimeout(patience), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	if s.Plain {
		if host != "localhost" && host != "127.0.0.1" && host != "::1" {
			return nil, fmt.Errorf("the mail server %s: only this machine itself is spoken to without TLS", host)
		}
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.User != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(host, opts...)
}

// failed keeps addresses out of what is logged: only whether it is final, and the server's code.
func (s SMTP) failed(err error) error {
	var se *gomail.SendError
	if errors.As(err, &se) {
		if !se.IsTemp() {
			return ErrRefused
		}
		return fmt.Errorf("the mail server %s answered %d", s.Server, se.ErrorCode())
	}
	return fmt.Errorf("the mail server %s cannot be reached", s.Server)
}

// File writes messages as lines of JSON to a file, for text messages that another program sends.
type File struct {
	Path string
	mu   sync.Mutex
}

// Send adds a line to the file, on disk before it answers.
func (f *File) Send(_ context.Context, m Message) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	out, err := os.OpenFile(f.Path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	b, err := json.Marshal(map[string]string{"to": strings.TrimSpace(m.To), "text": m.Text})
	if err != nil {
		return err
	}
	if _, err := out.Write(append(b, '\n')); err != nil {
		return err
	}
	return out.Sync()
}
