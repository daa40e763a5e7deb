package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// Scratch is a file that is needed only while a request lasts: a list on its way in. It lies on disk in sealed pieces
// under a key that is in memory alone, and has no name there. It is written first and then read, by one at a time.
type Scratch struct {
	file *os.File
	box  cipher.AEAD
	tail []byte // what does not fill a piece yet
	size int64
	at   int64  // the piece that is open, -1 for none
	open []byte // its text
	raw  []byte // room for a sealed one
}

const scratchPiece = 16 << 10

// NewScratch makes an empty one in the temporary folder.
func NewScratch() (*Scratch, error) {
	raw := make([]byte, keyBytes)
	_, _ = rand.Read(raw)
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp("", "sluss-")
	if err != nil {
		return nil, err
	}
	return &Scratch{file: f, box: box, at: -1}, os.Remove(f.Name()) // it goes with the process, however that ends
}

// Write adds to the end.
func (s *Scratch) Write(p []byte) (int, error) {
	s.tail = append(s.tail, p...)
	s.size += int64(len(p))
	for len(s.tail) >= scratchPiece {
		piece := s.size/scratchPiece - int64(len(s.tail)/scratchPiece)
		s.raw = s.box.Seal(s.raw[:0], s.nonce(piece), s.tail[:scratchPiece], nil)
		if _, err := s.file.WriteAt(s.raw, piece*s.sealed()); err != nil {
			return 0, err
		}
		s.tail = s.tail[:copy(s.tail, s.tail[scratchPiece:])]
	}
	return len(p), nil
}

// sealed is how long a piece is on disk.
func (s *Scratch) sealed() int64 { return int64(scratchPiece + s.box.Overhead()) }

// nonce is the piece's number: each is sealed once, under a key used for nothing else.
func (s *Scratch) nonce(piece int64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, s.box.NonceSize()-8, s.box.NonceSize()), uint64(piece))
}

// Size is how many bytes were written.
func (s *Scratch) Size() int64 { return s.size }

// ReadAt reads from a place, as io.ReaderAt. ErrSealed when the disk does not hold what was written.
func (s *Scratch) ReadAt(p []byte, from int64) (n int, err error) {
	if from < 0 {
		return 0, errors.New("vault: read before the start")
	}
	for n < len(p) {
		if from >= s.size {
			return n, io.EOF
		}
		text, err := s.piece(from / scratchPiece)
		if err != nil {
			return n, err
		}
		k := copy(p[n:], text[from%scratchPiece:])
		n, from = n+k, from+int64(k)
	}
	return n, nil
}

// piece gives the text of a piece.
func (s *Scratch) piece(i int64) ([]byte, error) {
	if i == s.size/scratchPiece {
		return s.tail, nil
	}
	if i == s.at {
		return s.open, nil
	}
	s.raw = append(s.raw[:0], make([]byte, s.sealed())...)
	if _, err := s.file.ReadAt(s.raw, i*s.sealed()); err != nil {
		return nil, err
	}
	s.at = -1
	text, err := s.box.Open(s.open[:0], s.nonce(i), s.raw, nil)
	if err != nil {
		return nil, ErrSealed
	}
	s.open, s.at = text, i
	return text, nil
}

// Close gives the room back.
func (s *Scratch) Close() error { return s.file.Close() }
