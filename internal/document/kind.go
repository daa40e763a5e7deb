package document

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // how large a picture is
	_ "image/png"
	"io"
	"unicode/utf8"

	"sluss/internal/fault"
	"sluss/internal/sheet"
)

// Kind is what a file is, as its own bytes tell; what it is called tells nothing.
type Kind string

// The kinds that are taken. Their names are texts document.kind.*.
const (
	PDF  Kind = "pdf"
	JPEG Kind = "jpeg"
	PNG  Kind = "png"
	DOCX Kind = "docx"
	XLSX Kind = "xlsx"
	ODT  Kind = "odt"
	TXT  Kind = "txt"
)

var served = map[Kind]string{PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png", TXT: "text/plain; charset=utf-8",
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ODT: "application/vnd.oasis.opendocument.text"}

// Type is what a file of the kind is served as.
func (k Kind) Type() string { return served[k] }

var extension = map[Kind]string{JPEG: ".jpg"}

// end is how the name of a file of the kind ends.
func (k Kind) end() string {
	if e, ok := extension[k]; ok {
		return e
	}
	return "." + string(k)
}

// mostPixels is how large a picture may be; to be shown it is unfolded whole.
const mostPixels = 100 << 20

var (
	errKind   = fault.Fault{Kind: fault.Invalid, Key: "document.kind.other", Field: "file"}
	errBroken = fault.Fault{Kind: fault.Invalid, Key: "document.broken", Field: "file"}
	errBomb   = fault.Fault{Kind: fault.Invalid, Key: "document.bomb", Field: "file"}
	errMacro  = fault.Fault{Kind: fault.Invalid, Key: "document.macro", Field: "file"}
	errLocked = fault.Fault{Kind: fault.Invalid, Key: "document.locked", Field: "file"}
)

func refuse(f fault.Fault) error { return fault.Form{&f} }

// kindOf tells what a file is. A fault says why it is not taken: another kind, cut off, or one that unfolds to far too much.
func kindOf(r io.ReaderAt, size int64) (Kind, error) {
	head := make([]byte, 8)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF, ends(r, size, 1024, "%%EOF")
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, errors.Join(ends(r, size, 12, "IEND"), picture(r, size))
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, picture(r, size)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return office(r, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")): // Word before 2007, and whatever has a password
		return "", refuse(errLocked)
	}
	return TXT, plain(io.NewSectionReader(r, 0, size))
}

// ends refuses a file that lacks its end: it was cut off on its way.
func ends(r io.ReaderAt, size, within int64, mark string) error {
	from := max(0, size-within)
	tail := make([]byte, size-from)
	if _, err := r.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Contains(tail, []byte(mark)) {
		return refuse(errBroken)
	}
	return nil
}

// picture refuses one that cannot be read or is larger than any camera makes. It is not unfolded.
func picture(r io.ReaderAt, size int64) error {
	c, _, err := image.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return refuse(errBroken)
	}
	if int64(c.Width)*int64(c.Height) > mostPixels {
		return refuse(errBomb)
	}
	return nil
}

// office tells which zipped document it is, all of it measured.
func office(r io.ReaderAt, size int64) (Kind, error) {
	parts, mimetype, err := sheet.Parts(r, size)
	if f := fault.Of(err); f != nil {
		switch f.Key {
		case "sheet.bomb":
			return "", refuse(errBomb)
		case "sheet.password":
			return "", refuse(errLocked)
		}
		return "", refuse(errBroken)
	}
	switch {
	case err != nil:
		return "", err
	case parts["word/vbaproject.bin"] || parts["xl/vbaproject.bin"]:
		return "", refuse(errMacro)
	case parts["word/document.xml"] && parts["[content_types].xml"]:
		return DOCX, nil
	case parts["xl/workbook.xml"] && parts["[content_types].xml"]:
		return XLSX, nil
	case mimetype == "application/vnd.oasis.opendocument.text" && parts["content.xml"]:
		return ODT, nil
	}
	return "", refuse(errKind)
}

// plain refuses what is not text: bytes that are not UTF-8, and signs that only a machine reads.
func plain(r io.Reader) error {
	b, left := make([]byte, 32<<10), 0
	for {
		n, err := r.Read(b[left:])
		text := b[:left+n]
		for len(text) > 0 && (utf8.FullRune(text) || errors.Is(err, io.EOF)) {
			c, size := utf8.DecodeRune(text)
			if c == utf8.RuneError && size == 1 || c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
				return refuse(errKind)
			}
			text = text[size:]
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		left = copy(b, text)
	}
}
