// Package id makes and reads the addresses of rows: 63 bits, an address and never a permission.
package id

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"strconv"
	"sync"

	"sluss/internal/clock"
)

// Of is the id of one noun; the type parameter keeps a person's id from being used as a unit's.
type Of[T any] int64

// The ids that the ground needs to name. A domain package names its own with Of and a type of its own.
type (
	areaTag   struct{}
	agencyTag struct{}
	unitTag   struct{}
	workerTag struct{}
	postTag   struct{}
	personTag struct{}

	Area   = Of[areaTag]   // one municipality, or those of one coordination association: the tenant
	Agency = Of[agencyTag] // an authority or a company within the area
	Unit   = Of[unitTag]   // a gateway or another unit of an agency
	Worker = Of[workerTag] // a person who works somewhere
	Post   = Of[postTag]   // a worker's employment at a unit
	Person = Of[personTag] // someone in the queue, a participant or a former one
)

// ErrMalformed tells that a text is not an id.
var ErrMalformed = errors.New("not an id")

const randomBits = 22

// behind is how many milliseconds the clock may stand still or go back while ids go on growing.
const behind = 1000

// made is what New remembers: the id made last, and the last one of each millisecond lately used.
var made = struct {
	sync.Mutex
	last int64
	ends map[int64]int64
}{ends: map[int64]int64{}}

// mostEnds bounds made.ends; a clock seldom comes back to a millisecond at all.
const mostEnds = 1 << 14

// New makes an id: 41 bits of milliseconds since 2020 and 22 that begin at random and go on by one; a millisecond that
// is full goes on in the next. Within one process it does not repeat, also when the clock goes back and forth among
// some days.
func New[T any](now clock.Instant) Of[T] {
	ms := int64(now) - clock.Epoch
	made.Lock()
	defer made.Unlock()
	if ahead := made.last>>randomBits - ms; ahead >= 0 && ahead <= behind {
		ms = made.last >> randomBits
	}
	end, used := made.ends[ms]
	for used && (end+1)>>randomBits != ms {
		ms++
		end, used = made.ends[ms]
	}
	v := end + 1
	if !used {
		v = ms<<randomBits | begin()
	}
	if len(made.ends) == mostEnds {
		clear(made.ends)
	}
	made.last, made.ends[ms] = v, v
	return Of[T](v)
}

// First is the least id that New makes at an instant; those made before are less, unless a clock has gone back.
func First[T any](at clock.Instant) Of[T] { return Of[T](max(0, int64(at)-clock.Epoch) << randomBits) }

// begin is where a millisecond's ids begin: a number below 2²² that nobody can guess.
func begin() int64 {
	var b [4]byte
	_, _ = rand.Read(b[:])
	return int64(binary.LittleEndian.Uint32(b[:]) >> (32 - randomBits))
}

// NewPerson makes a person's id; likewise the others.
func NewPerson(now clock.Instant) Person { return New[personTag](now) }

// ParsePerson reads a person's id as String writes it. ErrMalformed for anything else.
func ParsePerson(s string) (Person, error) { return Parse[personTag](s) }

// NewArea makes an area's id.
func NewArea(now clock.Instant) Area { return New[areaTag](now) }

// NewAgency makes an agency's id.
func NewAgency(now clock.Instant) Agency { return New[agencyTag](now) }

// NewUnit makes a unit's id.
func NewUnit(now clock.Instant) Unit { return New[unitTag](now) }

// NewWorker makes a worker's id.
func NewWorker(now clock.Instant) Worker { return New[workerTag](now) }

// NewPost makes a post's id.
func NewPost(now clock.Instant) Post { return New[postTag](now) }

// String gives base 32 as it stands in addresses, JSON and csv.
func (i Of[T]) String() string { return strconv.FormatInt(int64(i), 32) }

// Value binds the id as an integer.
func (i Of[T]) Value() (driver.Value, error) { return int64(i), nil }

// MarshalText gives the text of String.
func (i Of[T]) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads what String wrote.
func (i *Of[T]) UnmarshalText(b []byte) error {
	v, err := Parse[T](string(b))
	*i = v
	return err
}

// Parse reads what String wrote and nothing else: no sign, no capitals, no leading zero. ErrMalformed otherwise.
func Parse[T any](s string) (Of[T], error) {
	v, err := strconv.ParseInt(s, 32, 64)
	if err != nil || v <= 0 || strconv.FormatInt(v, 32) != s {
		return 0, ErrMalformed
	}
	return Of[T](v), nil
}
