package walk

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// token makes and uses one passkey, as a browser's would.
type token struct {
	key  *ecdsa.PrivateKey
	id   []byte
	user []byte
}

func newToken(t testing.TB) *token {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	k := &token{key: key, id: make([]byte, 16)}
	_, _ = rand.Read(k.id)
	return k
}

const (
	userPresent, userVerified, withKey = 0x01, 0x04, 0x40
	atOrigin, atHost                   = "http://localhost:8080", "localhost"
)

// about is the authenticator's data: for whom, how, and the key itself when it is new.
func (k *token) about(flags byte) []byte {
	host := sha256.Sum256([]byte(atHost))
	b := append(host[:], flags|userPresent|userVerified, 0, 0, 0, 0)
	if flags&withKey == 0 {
		return b
	}
	b = append(b, make([]byte, 16)...)
	b = append(binary.BigEndian.AppendUint16(b, uint16(len(k.id))), k.id...)
	point, _ := k.key.PublicKey.Bytes()                         // 4, x, y
	b = append(b, 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32) // COSE: EC2, ES256, P-256
	b = append(append(b, point[1:33]...), 0x22, 0x58, 32)
	return append(b, point[33:]...)
}

// answer is what the page's script would put in the form for the options.
func (k *token) answer(t testing.TB, kind, options string) string {
	t.Helper()
	var o struct {
		Challenge string
		User      struct{ ID string }
	}
	must(t, json.Unmarshal([]byte(options), &o))
	text := base64.RawURLEncoding.EncodeToString
	client, err := json.Marshal(map[string]any{"type": "webauthn." + kind, "challenge": o.Challenge, "origin": atOrigin, "crossOrigin": false})
	must(t, err)
	response := map[string]any{"clientDataJSON": text(client)}
	if kind == "create" {
		k.user, err = base64.RawURLEncoding.DecodeString(o.User.ID)
		must(t, err)
		about := k.about(withKey)
		b := []byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58")
		response["attestationObject"] = text(append(append(b, byte(len(about))), about...))
	} else {
		about, sum := k.about(0), sha256.Sum256(client)
		signed := sha256.Sum256(append(about, sum[:]...))
		sign, err := ecdsa.SignASN1(rand.Reader, k.key, signed[:])
		must(t, err)
		response["authenticatorData"], response["signature"], response["userHandle"] = text(about), text(sign), text(k.user)
	}
	whole, err := json.Marshal(map[string]any{"id": text(k.id), "rawId": text(k.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	must(t, err)
	return string(whole)
}
