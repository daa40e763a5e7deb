package demotest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"index/suffixarray"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// Spellings gives a word as it might stand in a file: as it is, in capitals, in two bytes a letter, in hex and in base 64 at
// each of the three places it can begin.
func Spellings(word string) map[string][]byte {
	f := map[string][]byte{"as it is": []byte(word), "capitals": []byte(strings.ToUpper(word)), "small": []byte(strings.ToLower(word)),
		"hex": []byte(hex.EncodeToString([]byte(word)))}
	var wide []byte
	for _, u := range utf16.Encode([]rune(word)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	f["wide"] = wide
	for i := range 3 {
		b := base64.StdEncoding.EncodeToString(append(bytes.Repeat([]byte{0}, i), word...))
		f[fmt.Sprintf("base 64 at %d", i)] = []byte(strings.TrimRight(b[4*((i+2)/3):len(b)-4], "="))
	}
	return f
}

// Hits counts in how many spellings the words stand in a file, and fails the test for each.
func Hits(t testing.TB, file string, words []string) (n int) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all := suffixarray.New(raw)
	for _, w := range words {
		for how, form := range Spellings(w) {
			if len(form) > 5 && all.Lookup(form, 1) != nil {
				t.Errorf("%s holds %q, %s", filepath.Base(file), w, how)
				n++
			}
		}
	}
	return n
}
