package signin

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// CeremonyLasts is how long a browser has to answer with a passkey.
const CeremonyLasts = 5 * time.Minute

// errKey is the answer to every passkey that does not let anybody in; why stands in the program's log only.
var errKey = fault.New(fault.Forbidden, "passkey.no")

// At tells the address that browsers use, as https://sluss.example.se; passkeys work there and nowhere else.
func (d *Desk) At(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || u.Path != "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("origin %q is not an address as https://sluss.example.se", origin)
	}
	d.origin = u.Scheme + "://" + u.Host
	limit := webauthn.TimeoutConfig{Enforce: true, Timeout: CeremonyLasts, TimeoutUVD: CeremonyLasts}
	d.rp, err = webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Sluss", RPOrigins: []string{d.origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired},
		Timeouts: webauthn.TimeoutsConfig{Login: limit, Registration: limit},
	})
	return err
}

// Address is where browsers find a path.
func (d *Desk) Address(path string) string { return d.origin + path }

// Challenge is what a page gives the browser: the options for its script, and what must come back sealed in a cookie.
type Challenge struct{ Options, Cookie string }

// AskIn begins a sign-in with any passkey of this address.
func (d *Desk) AskIn() (Challenge, error) { return d.askIn("in") }

func (d *Desk) askIn(use string) (Challenge, error) {
	if d.rp == nil {
		return Challenge{}, errKey
	}
	o, s, err := d.rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, err
	}
	return d.challenge(use, o.Response, s)
}

func (d *Desk) challenge(use string, options any, s *webauthn.SessionData) (Challenge, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, err
	}
	state, err := json.Marshal(s)
	if err != nil {
		return Challenge{}, err
	}
	cookie, err := d.Vault.Wrap("passkey "+use, state)
	return Challenge{string(text), cookie}, err
}

// opened gives back what challenge sealed for the same use.
func (d *Desk) opened(use, cookie string) (webauthn.SessionData, error) {
	var s webauthn.SessionData
	plain, err := d.Vault.Unwrap("passkey "+use, cookie)
	if err != nil || d.rp == nil {
		return s, errKey
	}
	return s, json.Unmarshal(plain, &s)
}

// spend makes the challenge worthless; one that is spent already gives errKey.
func spend(ctx context.Context, tx *store.Tx, area id.Area, s webauthn.SessionData, now clock.Instant) error {
	hash := sha256.Sum256([]byte("passkey " + s.Challenge))
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO submission (area_id, once_hash, at, location) VALUES ($1, $2, $3, '')
	 ON CONFLICT (area_id, once_hash) DO NOTHING`), area, hash[:], int64(now))
	if err == nil && n == 0 {
		return errKey
	}
	return err
}

// holder is a worker, or a person who acts for themselves, as passkeys know one.
type holder struct {
	area   id.Area
	worker id.Worker
	person id.Person // 0 for a worker
	name   string
	email  string
	keys   []webauthn.Credential
}

// WebAuthnID is the area and the worker, sixteen bytes, or the area and the person, and one byte more; it tells a stranger
// nothing.
func (h *holder) WebAuthnID() []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 17), uint64(h.area))
	if h.person != 0 {
		return append(binary.BigEndian.AppendUint64(b, uint64(h.person)), 'p')
	}
	return binary.BigEndian.AppendUint64(b, uint64(h.worker))
}

// WebAuthnName is what the browser shows to tell one's accounts apart.
func (h *holder) WebAuthnName() string { return h.email }

// WebAuthnDisplayName is the worker's name; a person's is what the page calls itself.
func (h *holder) WebAuthnDisplayName() string { return h.name }

// WebAuthnCredentials are the holder's live passkeys.
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func handle(b []byte) (area id.Area, worker id.Worker, ok bool) {
	if len(b) != 16 {
		return 0, 0, false
	}
	return id.Area(binary.BigEndian.Uint64(b)), id.Worker(binary.BigEndian.Uint64(b[8:])), true
}

func ownHandle(b []byte) (area id.Area, person id.Person, ok bool) {
	if len(b) != 17 || b[16] != 'p' {
		return 0, 0, false
	}
	return id.Area(binary.BigEndian.Uint64(b)), id.Person(binary.BigEndian.Uint64(b[8:])), true
}
