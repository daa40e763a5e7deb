package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decoded gives the text of a file as UTF-8, whatever it was written in: UTF-8 or UTF-16 with or without a byte order
// mark, or Windows-1252. It reads the file once through to tell, since the first å may come late.
func decoded(r io.ReaderAt, size int64) (io.Reader, error) {
	enc, err := guess(r, size)
	if err != nil {
		return nil, err
	}
	in := io.NewSectionReader(r, 0, size)
	return enc.NewDecoder().Reader(in), nil
}

// census is what the bytes of a file tell about how its text is written.
type census struct {
	zeros          [2]int // at even and odd places
	others         int    // bytes below blank that texts do not hold
	wide, mistakes int    // letters of several bytes in UTF-8, and bytes that are not UTF-8
	tail           []byte // a letter cut by the end of a block
}

func guess(r io.ReaderAt, size int64) (encoding.Encoding, error) {
	head := make([]byte, min(size, 4))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return unicode.UTF8BOM, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	}
	var c census
	if err := c.read(io.NewSectionReader(r, 0, size)); err != nil {
		return nil, err
	}
	return c.encoding(int(size))
}

func (c *census) read(r io.Reader) error {
	buf := make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(r, buf)
		c.count(buf[:n])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			c.mistakes += len(c.tail)
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (c *census) count(block []byte) {
	for i, b := range block {
		switch {
		case b == 0:
			c.zeros[i%2]++
		case b < ' ' && b != '\t' && b != '\n' && b != '\r':
			c.others++
		}
	}
	s := append(c.tail, block...)
	c.tail = nil
	for len(s) > 0 {
		if s[0] < utf8.RuneSelf {
			s = s[1:]
			continue
		}
		if !utf8.FullRune(s) {
			c.tail = bytes.Clone(s)
			return
		}
		r, n := utf8.DecodeRune(s)
		if r == utf8.RuneError && n == 1 {
			c.mistakes++
		} else {
			c.wide++
		}
		s = s[n:]
	}
}

// encoding decides. A file with some bytes wrong among many right is UTF-8 with faults, not Windows-1252.
func (c *census) encoding(size int) (encoding.Encoding, error) {
	zeros := c.zeros[0] + c.zeros[1]
	switch {
	case c.zeros[1] > size/4 && c.zeros[0] < c.zeros[1]/8:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), nil
	case c.zeros[0] > size/4 && c.zeros[1] < c.zeros[0]/8:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), nil
	case zeros > 0 || c.others > max(3, size/10):
		return nil, refuse("sheet.kind")
	case c.mistakes == 0 || c.wide > 4*c.mistakes:
		return unicode.UTF8, nil
	}
	return charmap.Windows1252, nil
}
