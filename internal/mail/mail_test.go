package mail_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"sluss/internal/mail"
)

// post is a real SMTP server on loopback that keeps what it gets and refuses one address.
type post struct {
	mu   sync.Mutex
	got  []string
	from string
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &letter{p: p}, nil }

type letter struct{ p *post }

func (l *letter) Mail(from string, _ *smtp.MailOptions) error { l.p.from = from; return nil }
func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "gone@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	}
	return nil
}
func (l *letter) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	l.p.mu.Lock()
	defer l.p.mu.Unlock()
	l.p.got = append(l.p.got, string(b))
	return err
}
func (l *letter) Reset()        {}
func (l *letter) Logout() error { return nil }

func serve(t *testing.T) (*post, string) {
	t.Helper()
	p := &post{}
	s := smtp.NewServer(p)
	s.Domain, s.AllowInsecureAuth, s.ReadTimeout = "localhost", true, 5*time.Second
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(ln) }()
	t.Cleanup(func() { _ = s.Close() })
	return p, ln.Addr().String()
}

func TestMailReachesARealServer(t *testing.T) {
	p, addr := serve(t)
	s := mail.SMTP{Server: addr, From: "vuxenslussen@ekhamra.example", Plain: true}
	err := s.Send(t.Context(), mail.Message{To: "samira@ekhamra.example", Subject: "Välkommen på tisdag", Text: "Vi ses 09.30. Åäö."})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.got) != 1 || !strings.Contains(p.got[0], "Subject: =?UTF-8?q?V=C3=A4lkommen") || !strings.Contains(p.got[0], "=C3=85=C3=A4=C3=B6") {
		t.Fatalf("got %q", p.got)
	}
}

func TestRefusedAddressIsFinalAndStaysOutOfTheError(t *testing.T) {
	_, addr := serve(t)
	s := mail.SMTP{Server: addr, From: "a@ekhamra.example", Plain: true}
	for _, to := range []string{"gone@ekhamra.example", "no address", "a@b\r\nBcc: c@d"} {
		err := s.Send(t.Context(), mail.Message{To: to, Subject: "s", Text: "t"})
		if !errors.Is(err, mail.ErrRefused) {
			t.Errorf("%q: %v", to, err)
		}
		if err != nil && strings.Contains(err.Error(), "@") {
			t.Errorf("the error tells the address: %v", err)
		}
	}
}

func TestSubjectCannotAddHeaders(t *testing.T) {
	p, addr := serve(t)
	s := mail.SMTP{Server: addr, From: "a@ekhamra.example", Plain: true}
	if err := s.Send(t.Context(), mail.Message{To: "b@ekhamra.example", Subject: "Hej\r\nBcc: thief@example.org", Text: "t"}); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(p.got[0], "\r\n\r\n")
	for _, line := range strings.Split(head, "\r\n") {
		if strings.HasPrefix(line, "Bcc:") {
			t.Fatal("a subject added a header")
		}
	}
}

func TestServerThatIsAwayCanBeTriedAgain(t *testing.T) {
	s := mail.SMTP{Server: "127.0.0.1:1", From: "a@ekhamra.example", Plain: true}
	err := s.Send(t.Context(), mail.Message{To: "b@ekhamra.example", Subject: "s", Text: "t"})
	if err == nil || errors.Is(err, mail.ErrRefused) {
		t.Fatal(err)
	}
}

func TestOnlyThisMachineIsSpokenToWithoutTLS(t *testing.T) {
	s := mail.SMTP{Server: "mail.example.org:25", From: "a@ekhamra.example", Plain: true}
	if err := s.Send(context.Background(), mail.Message{To: "b@ekhamra.example"}); err == nil || !strings.Contains(err.Error(), "without TLS") {
		t.Fatal(err)
	}
}

func TestTextMessagesAreLinesInAFile(t *testing.T) {
	f := &mail.File{Path: filepath.Join(t.TempDir(), "sms")}
	for _, text := range []string{"Vi ses\nklockan 10", "Åäö"} {
		if err := f.Send(t.Context(), mail.Message{To: "070-174 06 21", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(f.Path)
	if err != nil || strings.Count(string(b), "\n") != 2 {
		t.Fatalf("%q %v", b, err)
	}
}
