package sheet

import (
	"errors"
	"io"
	"strings"
)

// unfoldedMost is how much all parts of a zipped document may unfold to.
const unfoldedMost = 256 << 20

// Parts unfolds every part of a zipped document that is not a list, under the same measures as a list, and throws what comes out
// away. It gives the parts' names in lower case, and what the part "mimetype" says. The faults are those of a list: a document that
// unfolds to far more than it should, is broken, or has a password.
func Parts(r io.ReaderAt, size int64) (names map[string]bool, mimetype string, err error) {
	a, err := openArchive(r, size, unfoldedMost)
	if err != nil {
		return nil, "", err
	}
	names = map[string]bool{}
	for name, f := range a.parts {
		in, err := f.Open()
		if err != nil {
			return nil, "", settle(err)
		}
		packed := int64(min(f.CompressedSize64, uint64(a.size)))
		out := &measured{in, &a.left, max(freely, swollen*packed)}
		var said strings.Builder
		_, err = io.CopyN(&said, out, 200)
		if err == nil {
			_, err = io.Copy(io.Discard, out)
		}
		if err = errors.Join(finished(err), in.Close()); err != nil {
			return nil, "", settle(err)
		}
		if names[name] = true; name == "mimetype" {
			mimetype = strings.TrimSpace(said.String())
		}
	}
	return names, mimetype, nil
}

// finished takes the end of a part for no error.
func finished(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
