package document_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"testing"

	"sluss/internal/document"
	"sluss/internal/fault"
)

// where is what stands in a photo of where it was taken, in each place that a camera or a program writes it.
const where = "57.99N 11.82E"

func photo() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 97, 61))
	for i := range m.Pix {
		m.Pix[i] = byte(i * i / 7)
	}
	return m
}

// part is one part of a JPEG.
func part(mark byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(len(text)+2)), text...)
}

// exif tells which way is up, and where the photo was taken; in the order of bytes of Intel or Motorola.
func exif(order binary.AppendByteOrder, way uint16) string {
	b := []byte("MM")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		b = []byte("II")
	}
	b = order.AppendUint32(order.AppendUint16(b, 42), 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, 0x010e), 2), uint32(len(where)))
	b = order.AppendUint32(b, 38)
	b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, 0x0112), 3), 1)
	b = order.AppendUint16(order.AppendUint16(b, way), 0)
	return "Exif\x00\x00" + string(order.AppendUint32(b, 0)) + where
}

// taken is a photo as a telephone makes it.
func taken(order binary.AppendByteOrder, way uint16) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, photo(), nil)
	plain := b.Bytes()
	all := bytes.Clone(plain[:2])
	for _, p := range [][]byte{part(0xe0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"), part(0xe0, "JFXX\x00"+where), part(0xe1, exif(order, way)), part(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+where),
		part(0xe2, "MPF\x00"+where), part(0xe2, "ICC_PROFILE\x00\x01\x01colours"), part(0xed, "Photoshop 3.0\x00"+where), part(0xef, where), part(0xfe, where)} {
		all = append(all, p...)
	}
	return append(append(all, plain[2:]...), plainly(where)...)
}

// plainly is another picture after the end of the first, as in a photo that moves.
func plainly(text string) []byte { return append(part(0xd8, text), 0xff, 0xd9) }

// drawn is a PNG with the parts that programs put in.
func drawn() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, photo())
	const head = 8 + 25 // the first part is as long in all
	all := bytes.Clone(b.Bytes()[:head])
	for _, p := range []string{"tEXtComment\x00" + where, "iTXtXML:com.adobe.xmp\x00" + where, "eXIf" + exif(binary.BigEndian, 6), "tIME" + where, "pHYs\x00\x00\x0b\x13\x00\x00\x0b\x13\x01", "qzQz" + where} {
		all = binary.BigEndian.AppendUint32(all, uint32(len(p)-4))
		all = binary.BigEndian.AppendUint32(append(all, p...), crc32.ChecksumIEEE([]byte(p)))
	}
	return append(all, b.Bytes()[head:]...)
}

func same(t *testing.T, a, b []byte) {
	t.Helper()
	x, _, err := image.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for i := range x.Bounds().Dx() {
		for j := range x.Bounds().Dy() {
			if color.RGBAModel.Convert(x.At(i, j)) != color.RGBAModel.Convert(y.At(i, j)) {
				t.Fatalf("the picture is another at %d, %d", i, j)
			}
		}
	}
}

func TestAPhotoIsKeptWithoutWhereItWasTaken(t *testing.T) {
	x := onSQLite(t)
	for name, c := range map[string]struct {
		file  []byte
		keeps string
	}{
		"as it lies":         {taken(binary.BigEndian, 1), "ICC_PROFILE\x00\x01\x01colours"},
		"on its side":        {taken(binary.BigEndian, 6), "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"},
		"on its side, Intel": {taken(binary.LittleEndian, 8), "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x08"},
		"drawn":              {drawn(), "pHYs"},
	} {
		if n := bytes.Count(c.file, []byte(where)); n < 5 {
			t.Fatalf("%s: the place stands in %d places only", name, n)
		}
		d := x.add("photo", c.file)
		got, b, err := x.fetch(d)
		x.ok(err)
		if bytes.Contains(b, []byte(where)) || int64(len(b)) != got.Size {
			t.Errorf("%s: the place is in it still, or it is not as long as it says: %d, %d", name, len(b), got.Size)
		}
		if !bytes.Contains(b, []byte(c.keeps)) {
			t.Errorf("%s: %q is gone", name, c.keeps)
		}
		same(t, c.file, b)
	}
}

func TestAPhotoThatIsCutOffIsRefused(t *testing.T) {
	whole := taken(binary.BigEndian, 6)
	end := bytes.LastIndex(whole[:len(whole)-len(plainly(where))], []byte{0xff, 0xd9})
	x := onSQLite(t)
	for _, n := range []int{end, end - 300, 40} {
		_, err := x.desk.Add(t.Context(), x.Actor(t, "lena"), x.who, form("photo.jpg", whole[:n]))
		if f := fault.Fields(err); len(f) != 1 || f[0].Key != "document.broken" {
			t.Errorf("%d bytes of it: %v", n, err)
		}
	}
}

// TestASpoiltPictureIsRefusedOrReadWhole changes some bytes of a picture and cuts it.
func TestASpoiltPictureIsRefusedOrReadWhole(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	whole := 0
	for k, from := range map[document.Kind][]byte{document.JPEG: taken(binary.LittleEndian, 3), document.PNG: drawn()} {
		for range 2000 {
			b := bytes.Clone(from)
			for range dice.IntN(4) {
				b[dice.IntN(len(b))] = byte(dice.Uint32())
			}
			if dice.IntN(3) == 0 {
				b = b[:dice.IntN(len(b))]
			}
			r, size, err := document.Clean(k, bytes.NewReader(b), int64(len(b)))
			if err != nil {
				continue
			}
			whole++
			out, err := io.ReadAll(io.NewSectionReader(r, 0, size))
			if err != nil || int64(len(out)) != size {
				t.Fatalf("%d of %d bytes, %v", len(out), size, err)
			}
			for at := int64(0); at < size; at += 1 + size/7 {
				part := make([]byte, 1+size/5)
				if n, _ := r.ReadAt(part, at); !bytes.Equal(part[:n], out[at:min(size, at+int64(len(part)))]) {
					t.Fatalf("read from %d on it is another", at)
				}
			}
			if _, n, err := document.Clean(k, bytes.NewReader(out), size); err != nil || n != size {
				t.Fatalf("what is clean is cleaned again: %d, %d, %v", n, size, err)
			}
		}
	}
	if whole < 500 {
		t.Errorf("only %d were taken", whole)
	}
}
