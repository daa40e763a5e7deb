package sheet

import "bytes"

const (
	chunkBytes = 256 << 10
	maxShared  = 24 << 20  // bytes of all shared strings
	maxStrings = 2_000_000 // shared strings
)

// arena holds the strings that the cells of a workbook share, packed: the strings of a list are many and short, and a
// Go string each would be several times their size. Each begins in its chunk with its length in three bytes.
type arena struct {
	chunks [][]byte
	at     []uint32 // chunk and offset of each string
	bytes  int
}

func (a *arena) add(s []byte) error {
	need := len(s) + 3
	if a.bytes += need; a.bytes > maxShared || len(a.at) >= maxStrings || need > chunkBytes {
		return refuse("sheet.shared")
	}
	last := len(a.chunks) - 1
	if last < 0 || len(a.chunks[last])+need > chunkBytes {
		a.chunks = append(a.chunks, make([]byte, 0, chunkBytes))
		last++
	}
	a.at = append(a.at, uint32(last*chunkBytes+len(a.chunks[last])))
	a.chunks[last] = append(append(a.chunks[last], byte(len(s)>>16), byte(len(s)>>8), byte(len(s))), s...)
	return nil
}

// get gives the i:th string, or nothing where there is none.
func (a *arena) get(i int) []byte {
	if i < 0 || i >= len(a.at) {
		return nil
	}
	s := a.chunks[a.at[i]/chunkBytes][a.at[i]%chunkBytes:]
	n := int(s[0])<<16 | int(s[1])<<8 | int(s[2])
	return s[3 : 3+n]
}

// readShared reads the shared strings, each perhaps of several runs; how a name is pronounced (rPh) is left out.
func (b *book) readShared(name string) error {
	m, err := b.open(name)
	if m == nil || err != nil {
		return err
	}
	var run texts
	for {
		tok, err := m.next()
		if err != nil {
			return ignoreEOF(err)
		}
		if tok == open && string(m.name) == "si" {
			run = texts{buf: run.buf[:0]}
			continue
		}
		if err := run.take(tok, m, 4*b.opt.MaxCell); err != nil {
			return err
		}
		if tok == closed && string(m.name) == "si" {
			if err := b.shared.add(unhex(run.buf)); err != nil {
				return err
			}
		}
	}
}

// texts gathers the t elements of a string.
type texts struct {
	buf      []byte
	in       bool
	phonetic bool
}

func (x *texts) take(tok token, m *markup, limit int) error {
	switch {
	case tok == text:
		if x.in && !x.phonetic {
			x.buf = m.appendText(x.buf)
		}
		if len(x.buf) > limit {
			return refuse("sheet.long")
		}
	case string(m.name) == "t":
		x.in = tok == open
	case string(m.name) == "rPh":
		x.phonetic = tok == open
	}
	return nil
}

// unhex replaces _x000D_ and the like, by which workbooks write characters that XML cannot hold.
func unhex(s []byte) []byte {
	if !bytes.Contains(s, []byte("_x")) {
		return s
	}
	return hexForm.ReplaceAllFunc(s, func(m []byte) []byte {
		r, ok := character("#x" + string(m[2:6]))
		if !ok {
			return m
		}
		return []byte(string(r))
	})
}
