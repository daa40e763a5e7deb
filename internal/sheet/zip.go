package sheet

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"io"
	"path"
	"strings"

	"sluss/internal/fault"
)

const (
	maxEntries   = 10_000  // files in the zip
	maxDirectory = 1 << 20 // bytes of the zip's own list of them
)

var (
	errBomb      = fault.New(fault.Invalid, "sheet.bomb")
	errProtected = fault.New(fault.Invalid, "sheet.password")
	errBroken    = fault.New(fault.Invalid, "sheet.broken")
)

// archive is the parts of a zipped document, by lower-case name, opened under one common limit of bytes.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unfolded
	size  int64 // of the zip
}

// openArchive lists the parts without unfolding any.
func openArchive(r io.ReaderAt, size, limit int64) (*archive, error) {
	list := &frugal{r: r, left: maxDirectory}
	z, err := zip.NewReader(list, size)
	if err != nil {
		return nil, settle(err)
	}
	if len(z.File) > maxEntries {
		return nil, errBomb
	}
	list.left = -1 // the list is read; from here each part has its own measure
	a := &archive{parts: map[string]*zip.File{}, left: limit, size: size}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, errProtected
		}
		name := partName(f.Name)
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

// partName is how a part is looked up: names differ in case and slashes between programs.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/"))
}

// open gives the XML of a part, or nil where there is no such part.
func (a *archive) open(name string) (*markup, error) {
	f := a.parts[partName(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, settle(err)
	}
	packed := int64(min(f.CompressedSize64, uint64(a.size)))
	return newMarkup(&measured{r, &a.left, max(freely, swollen*packed)}), nil
}

// A sheet as Excel writes it unfolds to 10–15 times its size. What unfolds to a hundred times is stopped early, to save
// the seconds that a limit of bytes alone would take.
const (
	freely  = 16 << 20 // bytes that any part may unfold to
	swollen = 100
)

// measured counts what really comes out, since the size that a zip states may be a lie.
type measured struct {
	r    io.Reader
	left *int64 // for all parts
	own  int64  // for this part
}

func (m *measured) Read(p []byte) (int, error) {
	if *m.left <= 0 || m.own <= 0 {
		return 0, errBomb
	}
	n, err := m.r.Read(p[:min(int64(len(p)), *m.left)])
	*m.left -= int64(n)
	m.own -= int64(n)
	return n, err
}

// frugal refuses to read more than so many bytes, since archive/zip keeps the whole list of a zip in memory.
type frugal struct {
	r    io.ReaderAt
	left int64
}

func (f *frugal) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 { // a place that a broken list names
		return 0, zip.ErrFormat
	}
	n, err := f.r.ReadAt(p, at)
	if f.left < 0 {
		return n, err
	}
	if f.left -= int64(n); f.left < 0 {
		f.left = 0
		return 0, errBomb
	}
	return n, err
}

// settle turns what a broken file causes into its refusal. Errors of the disk stay as they are.
func settle(err error) error {
	var corrupt flate.CorruptInputError
	var inner flate.InternalError
	switch {
	case err == nil, errors.Is(err, io.EOF), fault.Of(err) != nil:
		return err
	case errors.Is(err, errLong):
		return refuse("sheet.long")
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, errXML), errors.As(err, &corrupt), errors.As(err, &inner):
		return errBroken
	}
	return err
}
