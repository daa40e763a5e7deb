package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// clean gives a picture without what the camera wrote beside it: where and when it was taken, by whom and with what, a small copy of it
// from before it was cut, and whatever follows its end. What says how it is to be shown stays: colours, resolution, and which way is up.
// The picture itself is not unfolded, and stays bit by bit as it was. Other kinds come back as they are.
func clean(k Kind, r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	var s spans
	var err error
	switch k {
	case JPEG:
		s, err = jpegSpans(r, size)
	case PNG:
		s, err = pngSpans(r, size)
	default:
		return r, size, nil
	}
	if err != nil {
		return nil, 0, err
	}
	s.from = r
	return s, s.size, nil
}

// spans are parts of a file, one after the other, and what is put between them.
type spans struct {
	from io.ReaderAt
	list []span
	size int64
}

// span is a part of the file from where it begins, or bytes of our own.
type span struct {
	at, begins, size int64 // at is its place among the spans, begins that in the file
	own              []byte
}

func (s *spans) keep(begins, size int64) {
	if n := len(s.list); n > 0 && s.list[n-1].own == nil && s.list[n-1].begins+s.list[n-1].size == begins {
		s.list[n-1].size += size
	} else {
		s.list = append(s.list, span{at: s.size, begins: begins, size: size})
	}
	s.size += size
}

func (s *spans) put(own []byte) {
	s.list = append(s.list, span{at: s.size, size: int64(len(own)), own: own})
	s.size += int64(len(own))
}

// ReadAt reads as if the spans were a file.
func (s spans) ReadAt(b []byte, at int64) (n int, err error) {
	for _, x := range s.list {
		if at >= x.at+x.size || n == len(b) {
			continue
		}
		part := b[n:min(int64(len(b)), int64(n)+x.at+x.size-at)]
		if within := at - x.at; x.own != nil {
			copy(part, x.own[within:])
		} else if k, err := s.from.ReadAt(part, x.begins+within); k < len(part) {
			return n + k, err
		}
		n, at = n+len(part), at+int64(len(part))
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// pngKept are the parts of a PNG that stay: the picture, its colours, its size on paper, and how it moves.
var pngKept = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "hIST", "pHYs", "acTL", "fcTL", "fdAT"}

func pngSpans(r io.ReaderAt, size int64) (s spans, err error) {
	const head, ends = 8, 12 // the file's first bytes; what a part has besides what it holds
	s.keep(0, head)
	b := make([]byte, 8)
	for at := int64(head); ; {
		if err := full(r, b, at); err != nil {
			return s, err
		}
		long, name := int64(binary.BigEndian.Uint32(b))+ends, string(b[4:])
		if at+long > size {
			return s, refuse(errBroken)
		}
		if slices.Contains(pngKept, name) {
			s.keep(at, long)
		}
		if at += long; name == "IEND" {
			return s, nil
		}
	}
}

// The marks of a JPEG.
const (
	jpegEnd   = 0xd9
	jpegScan  = 0xda
	jpegApp0  = 0xe0
	jpegExif  = 0xe1
	jpegICC   = 0xe2
	jpegAdobe = 0xee
	jpegApp15 = 0xef
	jpegNote  = 0xfe
)

// jpegSpans keeps JFIF, the colours of ICC and Adobe, and the picture. Of what the camera wrote only which way is up is written anew. What
// comes after the end goes: cameras put films and other pictures there.
func jpegSpans(r io.ReaderAt, size int64) (s spans, err error) {
	s.keep(0, 2)
	b := make([]byte, 4)
	for at := int64(2); ; {
		if err := full(r, b[:2], at); err != nil {
			return s, err
		}
		if b[0] != 0xff {
			return s, refuse(errBroken)
		}
		if b[1] == 0xff { // one that fills
			at++
			continue
		}
		if b[1] == jpegEnd {
			s.keep(at, 2)
			return s, nil
		}
		if err := full(r, b, at); err != nil {
			return s, err
		}
		long := int64(binary.BigEndian.Uint16(b[2:])) + 2
		if at+long > size || long < 4 {
			return s, refuse(errBroken)
		}
		switch mark := b[1]; {
		case mark == jpegExif:
			err = s.upright(r, at+4, long-4)
		case mark == jpegNote, mark >= jpegApp0 && mark <= jpegApp15 && !jpegKept(r, mark, at+4, long-4):
		case mark == jpegScan:
			var next int64
			if next, err = afterScan(r, at+long, size); err == nil {
				s.keep(at, next-at)
				long = next - at
			}
		default:
			s.keep(at, long)
		}
		if err != nil {
			return s, err
		}
		at += long
	}
}

// jpegKept tells whether a part that is not the picture itself is needed to show it.
func jpegKept(r io.ReaderAt, mark byte, at, size int64) bool {
	names := map[byte]string{jpegApp0: "JFIF\x00", jpegICC: "ICC_PROFILE\x00", jpegAdobe: "Adobe"}
	name, ok := names[mark]
	if !ok || size < int64(len(name)) {
		return false
	}
	b := make([]byte, len(name))
	return full(r, b, at) == nil && string(b) == name
}

// afterScan gives where the next mark is after what is drawn, in which two bytes look like one: a 255 itself, and where to take up again.
func afterScan(r io.ReaderAt, at, size int64) (int64, error) {
	b := make([]byte, 32<<10)
	for at < size {
		n, err := r.ReadAt(b[:min(int64(len(b)), size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		for i := 0; i < n-1; i++ {
			if x := b[i+1]; b[i] == 0xff && x != 0 && x != 0xff && (x < 0xd0 || x > 0xd7) {
				return at + int64(i), nil
			}
		}
		if n < 2 {
			break
		}
		at += int64(n) - 1 // the two may lie in two readings
	}
	return 0, refuse(errBroken)
}

// upright writes which way is up as the camera told it, unless that is as it lies.
func (s *spans) upright(r io.ReaderAt, at, size int64) error {
	b := make([]byte, size)
	if err := full(r, b, at); err != nil {
		return err
	}
	if way := orientation(b); way > 1 && way <= 8 {
		s.put([]byte{0xff, jpegExif, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, // the first list begins after 8
			0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(way), 0, 0, 0, 0, 0, 0}) // one entry, and no list after it
	}
	return nil
}

// orientation reads which way is up in what a camera wrote; 0 where it does not tell.
func orientation(b []byte) uint16 {
	tiff, ok := bytes.CutPrefix(b, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	first := uint64(order.Uint32(tiff[4:]))
	if first+2 > uint64(len(tiff)) {
		return 0
	}
	list := tiff[first+2:]
	for range order.Uint16(tiff[first:]) {
		if len(list) < 12 {
			return 0
		}
		if order.Uint16(list) == 0x0112 {
			return order.Uint16(list[8:])
		}
		list = list[12:]
	}
	return 0
}

// full reads all of b, or refuses a file that ends before.
func full(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return refuse(errBroken)
}
