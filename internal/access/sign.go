package access

import (
	"hash/maphash"
	"strings"

	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/vault"
)

// Sign says of a name how up to four of its words begin, and of its bearer the birth year: enough to pass over those
// whom a search cannot mean, and no more. A sign never decides who may be seen or who is found.
//
// It is made with a key that each process draws for itself, so one that was written down would mean nothing elsewhere.
// The lowest 8 bits are the year; above lie four marks of 14 bits, one a word.
type Sign uint64

const (
	yearBits  = 8
	markBits  = 14
	thirdBits = 6 // of a mark, the lowest: the third letter; the others are of the first two
	signWords = 4
	firstYear = 1900
)

// everyMark has the number 1 in each of the four places of a mark.
const everyMark = (1 | 1<<markBits | 1<<(2*markBits) | 1<<(3*markBits)) << yearBits

// anyName is the part of a sign that is of names, for one that may be meant by every search.
const anyName = Sign(1<<64-1) >> yearBits << yearBits

var signKey = maphash.MakeSeed()

// SignOf opens a person's sealed name and gives its sign. This is the program's own reading, by nobody's right: nothing of
// it can be shown, so nothing is noted, and only the index of names in memory may ask for it. A name that does not open
// gets a sign that fits every search, so that the one who finds it is told.
func SignOf(keys *vault.Area, p id.Person, wrapped, sealed []byte, at vault.Place, year int) Sign {
	key, err := keys.Open(p, wrapped)
	if err != nil {
		return anyName | signYear(year)
	}
	f, err := key.Open(at, 2, sealed)
	if err != nil {
		return anyName | signYear(year)
	}
	return sign(strings.Fields(i18n.Fold(strings.Join(f, " "))), year)
}

func sign(words []string, year int) Sign {
	if len(words) > signWords {
		return anyName | signYear(year)
	}
	s := signYear(year)
	for i, w := range words {
		s |= Sign(beginning(w)) << (yearBits + i*markBits)
	}
	return s
}

func signYear(year int) Sign {
	if year <= firstYear || year >= firstYear+1<<yearBits {
		return 0
	}
	return Sign(year - firstYear)
}

// beginning is the mark of the word's first two letters and of its first three.
func beginning(word string) uint64 {
	two := maphash.String(signKey, letters(word, 2)) >> (64 - markBits + thirdBits)
	return two<<thirdBits | maphash.String(signKey, letters(word, 3))>>(64-thirdBits)
}

// letters gives the first n of a word.
func letters(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return word
}

// Sought is a search by the beginnings of names.
type Sought struct {
	year  Sign
	words []soughtWord
}

// soughtWord is a mark in each of the four places, and which bits of it must agree.
type soughtWord struct{ mark, mask uint64 }

// Seek makes a search for those one of whose names begins with each of the words, folded, and who were born in the year;
// 0 is any year.
func Seek(words []string, year int) Sought {
	s := Sought{year: signYear(year)}
	for _, w := range words {
		switch n := len([]rune(w)); {
		case n > 2:
			s.words = append(s.words, soughtWord{beginning(w) * everyMark, (1<<markBits - 1) * everyMark})
		case n == 2:
			s.words = append(s.words, soughtWord{beginning(w) * everyMark, (1<<markBits - 1<<thirdBits) * everyMark})
		}
	}
	return s
}

// Fits tells whether the name behind the sign may be meant: false is sure, true is not.
func (q Sought) Fits(s Sign) bool {
	if q.year != 0 && (s^q.year)<<(64-yearBits) != 0 {
		return false
	}
	if s&anyName == anyName {
		return true
	}
	for _, w := range q.words {
		x := (uint64(s) ^ w.mark) & w.mask
		if (x-everyMark)&^x&(everyMark<<(markBits-1)) == 0 { // no mark of the four agrees
			return false
		}
	}
	return true
}
