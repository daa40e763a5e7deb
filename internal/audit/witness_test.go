package audit_test

import (
	"bytes"
	"errors"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"sluss/internal/audit"
	"sluss/internal/job"
	post "sluss/internal/mail"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// office is the second organisation: a real SMTP server that keeps what it gets.
type office struct {
	mu     sync.Mutex
	got    []string
	closed bool
}

// NewSession lets one in.
func (o *office) NewSession(*smtp.Conn) (smtp.Session, error) { return &parcel{o}, nil }

type parcel struct{ o *office }

// Mail takes a sender.
func (p *parcel) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes a receiver.
func (p *parcel) Rcpt(string, *smtp.RcptOptions) error {
	if p.o.closed {
		return &smtp.SMTPError{Code: 451, Message: "later"}
	}
	return nil
}

// Data takes a letter.
func (p *parcel) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	b, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	p.o.mu.Lock()
	defer p.o.mu.Unlock()
	p.o.got = append(p.o.got, string(b))
	return err
}

// Reset forgets nothing.
func (p *parcel) Reset() {}

// Logout ends.
func (p *parcel) Logout() error { return nil }

func opened(t *testing.T) (*office, string) {
	t.Helper()
	o := &office{}
	s := smtp.NewServer(o)
	s.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return o, l.Addr().String()
}

// witnessed is a log whose checkpoints are sent to the office, with a clock of its own and what runs its jobs.
func witnessed(t *testing.T, s *store.Store) (k *site, o *office, pass func(time.Duration), send func() error) {
	t.Helper()
	k = kept(t, s)
	o, addr := opened(t)
	now := k.world.Now().Time()
	k.Clock = func() time.Time { return now }
	k.Witness = &audit.Witness{Store: s, Clock: k.Clock, Mail: post.SMTP{Server: addr, From: "sluss@ekhamra.example", Plain: true}, To: "log@other.example"}
	send = func() error {
		return k.Witness.Kinds()[audit.JobWitness](t.Context(), job.Job{Area: k.area, Kind: audit.JobWitness})
	}
	return k, o, func(d time.Duration) { now = now.Add(d) }, send
}

func (k *site) asked(t *testing.T) int64 {
	return figure(t, k.Store, store.Q(`SELECT count(*) FROM job WHERE area_id = $1 AND kind = 'witness'`), k.area)
}

func TestTheWitnessGetsACheckpointAnHourThatTheLogIsHeldAgainst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		k, o, pass, send := witnessed(t, s)
		k.grow(t, 10)
		k.grow(t, 10)
		if n := k.asked(t); n != 1 {
			t.Errorf("%d were asked for within the hour", n)
		}
		if err := errors.Join(send(), send()); err != nil || len(o.got) != 1 {
			t.Fatalf("%d letters, %v", len(o.got), err)
		}
		pass(2 * time.Hour)
		if err := k.Sign(t.Context()); err != nil || k.asked(t) != 1 {
			t.Errorf("asked for anew though the log has not grown: %v", err)
		}
		k.grow(t, 10)
		if n := k.asked(t); n != 2 {
			t.Errorf("after an hour %d were asked for", n)
		}
		if err := send(); err != nil || len(o.got) != 2 {
			t.Fatalf("%d letters, %v", len(o.got), err)
		}
		held := func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader([]byte(o.got[0] + "\n" + o.got[1]))), nil
		}
		list, err := audit.Verify(t.Context(), s, k.known, held)
		if err != nil || len(list[0].Findings) != 0 || list[0].Outside != 2 || list[0].Covered != k.size(t) {
			t.Fatalf("against the letters: %+v %v", list, err)
		}
		k.do(t, 3, editRow)
		if list, err = audit.Verify(t.Context(), s, k.known, held); err != nil || len(list[0].Findings) == 0 {
			t.Errorf("an edited row against the letters: %+v %v", list, err)
		}
	})
}

func TestACheckpointThatDoesNotArriveIsTriedAgainAndAskedForAnew(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	k, o, pass, send := witnessed(t, s)
	o.closed = true
	k.grow(t, 10)
	if err := send(); err == nil {
		t.Error("a letter that was not taken is held for sent")
	}
	for range 2 {
		pass(time.Hour)
		if err := k.Sign(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := k.asked(t); n != 3 {
		t.Errorf("asked for %d times in three hours", n)
	}
	var size int64
	read := func() {
		if err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
			size, err = audit.Witnessed(t.Context(), tx, k.area)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if read(); size != 0 {
		t.Errorf("the witness is said to cover %d", size)
	}
	o.closed = false
	if err := send(); err != nil {
		t.Fatal(err)
	}
	if read(); size != k.size(t) {
		t.Errorf("the witness covers %d of %d", size, k.size(t))
	}
}
