package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/id"
)

func newKeys(template *tink_go_proto.KeyTemplate, by tink.AEAD, area id.Area, what string) ([]byte, error) {
	h, err := keyset.NewHandle(template)
	if err != nil {
		return nil, err
	}
	return sealKeys(h, by, area, what)
}

// sealKeys hides keys of an area by a key of the file.
func sealKeys(h *keyset.Handle, by tink.AEAD, area id.Area, what string) ([]byte, error) {
	var b bytes.Buffer
	if err := h.WriteWithAssociatedData(keyset.NewBinaryWriter(&b), by, bond(area, what)); err != nil {
		return nil, fmt.Errorf("seal the area's %s key: %w", what, err)
	}
	return b.Bytes(), nil
}

// Area is the keys of one area.
type Area struct {
	area      id.Area
	master    *wrapper
	protected *wrapper // of people with protected records; nil when its key file is not here
	indexing  layers
}

const (
	keyBytes = 32
	format   = 1 // first byte of everything sealed
)

// ErrSealed tells that something sealed could not be opened: another key, another place, or changed bytes.
var ErrSealed = errors.New("sealed text does not open here")

// Person is the key of one person. The zero value refuses.
type Person struct {
	area   id.Area
	box    cipher.AEAD
	closed bool
}

// NewPerson makes a person's key and gives it wrapped, as it is stored.
func (a *Area) NewPerson(p id.Person) (wrapped []byte, key Person, err error) {
	raw := newRaw()
	if wrapped, err = a.master.wrap(raw, wrapBond(p)); err != nil {
		return nil, Person{}, err
	}
	key, err = keyOf(a.area, raw)
	return wrapped, key, err
}

func newRaw() []byte {
	raw := make([]byte, keyBytes)
	_, _ = rand.Read(raw)
	return raw
}

// Open unwraps a person's key. ErrSealed when it is another person's or another area's; ErrProtected when the person is
// protected and the key file for that is not here.
func (a *Area) Open(p id.Person, wrapped []byte) (Person, error) {
	raw, err := a.unwrap(p, wrapped)
	if err != nil {
		return Person{}, fmt.Errorf("key of person %s: %w", p, err)
	}
	return keyOf(a.area, raw)
}

func keyOf(area id.Area, raw []byte) (Person, error) {
	block, err := aes.NewCipher(raw)
	if err != nil {
		return Person{}, err
	}
	box, err := cipher.NewGCM(block)
	return Person{area: area, box: box}, err
}

func wrapBond(p id.Person) []byte {
	return binary.BigEndian.AppendUint64([]byte("person"), uint64(p))
}

// Index gives the blind index of a value: equal values of the same kind give equal bytes, and nothing can be read
// from them without the key. Used for exact search of personal numbers.
func (a *Area) Index(kind, value string) ([]byte, error) {
	return a.indexing.over([]byte(kind + "\x00" + value))
}

// Number is the index of a number in the population register, twelve digits.
func (a *Area) Number(number string) ([]byte, error) { return a.Index("number", number) }

// Place says where a sealed text lies; it opens only there.
type Place struct {
	Table, Column string
	Row           int64
}

// Seal hides the fields for one place.
func (p Person) Seal(at Place, fields ...string) []byte {
	if p.box == nil {
		panic("vault: seal without a key")
	}
	return p.seal(at, pack(fields))
}

func (p Person) seal(at Place, plain []byte) []byte {
	out := make([]byte, 1+p.box.NonceSize(), 1+p.box.NonceSize()+len(plain)+p.box.Overhead())
	out[0] = format
	nonce := out[1:]
	_, _ = rand.Read(nonce)
	return p.box.Seal(out, nonce, plain, p.bond(at))
}

// Open gives the n fields that Seal hid at the place; fields that were not there when it was sealed are empty.
// ErrSealed when the key, the place or the bytes are not the same.
func (p Person) Open(at Place, n int, sealed []byte) ([]string, error) {
	if p.closed {
		return make([]string, n), nil
	}
	plain, err := p.plain(at, sealed)
	if err != nil {
		return nil, err
	}
	return unpack(plain, n)
}

func (p Person) plain(at Place, sealed []byte) ([]byte, error) {
	if p.box == nil {
		return nil, ErrSealed
	}
	ns := p.box.NonceSize()
	if len(sealed) < 1+ns || sealed[0] != format {
		return nil, ErrSealed
	}
	plain, err := p.box.Open(nil, sealed[1:1+ns], sealed[1+ns:], p.bond(at))
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", at.Table, at.Column, ErrSealed)
	}
	return plain, nil
}

func (p Person) bond(at Place) []byte {
	b := make([]byte, 0, 64)
	b = append(b, format)
	b = binary.BigEndian.AppendUint64(b, uint64(p.area))
	b = binary.BigEndian.AppendUint64(b, uint64(at.Row))
	b = append(b, at.Table...)
	b = append(b, '.')
	return append(b, at.Column...)
}

// pack writes each field after its length.
func pack(fields []string) []byte {
	n := 0
	for _, f := range fields {
		n += len(f) + 3
	}
	b := make([]byte, 0, n)
	for _, f := range fields {
		b = binary.AppendUvarint(b, uint64(len(f)))
		b = append(b, f...)
	}
	return b
}

func unpack(b []byte, n int) ([]string, error) {
	fields := make([]string, n)
	for i := 0; i < n && len(b) > 0; i++ {
		size, k := binary.Uvarint(b)
		if k <= 0 || size > uint64(len(b)-k) {
			return nil, ErrSealed
		}
		fields[i] = string(b[k : k+int(size)])
		b = b[k+int(size):]
	}
	return fields, nil
}
