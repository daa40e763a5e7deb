package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
)

func TestAScratchFileReadsAsWrittenAndLiesSealedWithoutAName(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	for _, size := range []int{0, 1, scratchPiece - 1, scratchPiece, scratchPiece + 1, 3*scratchPiece + 77} {
		s, err := NewScratch()
		if err != nil {
			t.Fatal(err)
		}
		want := bytes.Repeat([]byte("Qzcanary;"), size/9+1)[:size]
		for i := 0; i < size; i += 1000 {
			if _, err := s.Write(want[i:min(i+1000, size)]); err != nil {
				t.Fatal(err)
			}
		}
		got, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %d come back (%v)", size, len(got), err)
		}
		for from := size - 1; from >= 0; from -= 4099 { // backwards, as a zip is read
			b := make([]byte, min(5000, size-from))
			if n, err := s.ReadAt(b, int64(from)); err != nil || !bytes.Equal(b[:n], want[from:from+n]) || n != len(b) {
				t.Fatalf("%d bytes, from %d: %d (%v)", size, from, n, err)
			}
		}
		if n, err := s.ReadAt(make([]byte, 2), int64(size)); n != 0 || err != io.EOF {
			t.Errorf("after the end: %d, %v", n, err)
		}
		disk, err := io.ReadAll(io.NewSectionReader(s.file, 0, 1<<30))
		if err != nil || bytes.Contains(disk, []byte("canary")) {
			t.Errorf("%d bytes lie in clear (%v)", len(disk), err)
		}
		if names, _ := os.ReadDir(dir); len(names) > 0 {
			t.Errorf("the file has a name: %s", names[0].Name())
		}
		if size > scratchPiece {
			s.at = -1
			if _, err := s.file.WriteAt([]byte{disk[5] ^ 1}, 5); err != nil {
				t.Fatal(err)
			}
			if _, err := s.ReadAt(make([]byte, 1), 0); !errors.Is(err, ErrSealed) {
				t.Errorf("a changed byte on disk: %v", err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
