package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/document"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// drawer is a participant of Lena's with documents.
type drawer struct {
	*demotest.World
	t    *testing.T
	desk *document.Desk
	who  id.Person
}

func filing(t *testing.T, f func(t *testing.T, x drawer)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, drawer{w, t, &document.Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad")})
	})
}

// onSQLite is a drawer for what is the same on both databases.
func onSQLite(t *testing.T) drawer {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	return drawer{w, t, &document.Desk{Store: w.Store}, w.Participant(t, "karin", "lena", "Samira", "Haddad")}
}

func (x drawer) ok(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func form(name string, b []byte) document.Form {
	return document.Form{Title: "A paper", Name: name, Content: bytes.NewReader(b), Size: int64(len(b))}
}

func (x drawer) add(name string, b []byte) document.ID {
	x.t.Helper()
	d, err := x.desk.Add(x.t.Context(), x.Actor(x.t, "lena"), x.who, form(name, b))
	x.ok(err)
	return d
}

func (x drawer) fetch(d document.ID) (document.Content, []byte, error) {
	c, err := x.desk.Fetch(x.t.Context(), x.Actor(x.t, "lena"), x.who, d)
	if err != nil {
		return c, nil, err
	}
	var b bytes.Buffer
	err = c.Write(x.t.Context(), &b)
	return c, b.Bytes(), err
}

// pdf is a file that begins and ends as one, of so many bytes.
func pdf(size int) []byte {
	b := make([]byte, size)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(b)
	copy(b, "%PDF-1.7\n")
	copy(b[size-6:], "%%EOF\n")
	return b
}

func zipped(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, _ := z.Create(parts[i])
		_, _ = io.WriteString(w, parts[i+1])
	}
	_ = z.Close()
	return b.Bytes()
}

func pixels(encode func(io.Writer, image.Image) error) []byte {
	var b bytes.Buffer
	_ = encode(&b, image.NewGray(image.Rect(0, 0, 4, 4)))
	return b.Bytes()
}

// flood is a small picture that says it is 100,000 pixels each way.
func flood() []byte {
	b := pixels(png.Encode)
	binary.BigEndian.PutUint32(b[16:], 100_000)
	binary.BigEndian.PutUint32(b[20:], 100_000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestAFileIsFetchedAsItCame(t *testing.T) {
	const piece = 256 << 10
	filing(t, func(t *testing.T, x drawer) {
		for _, size := range []int{20, piece - 1, piece, piece + 1, 5*piece + 77} {
			b := pdf(size)
			d := x.add("Intyg å.pdf", b)
			c, got, err := x.fetch(d)
			if err != nil || !bytes.Equal(got, b) || c.File != "Intyg å.pdf" || c.Kind != document.PDF || c.Size != int64(size) {
				t.Errorf("%d bytes: %d come back as %q, %v", size, len(got), c.File, err)
			}
			own, err := x.desk.FetchOwn(t.Context(), x.themself(), d)
			x.ok(err)
			var mine bytes.Buffer
			if x.ok(own.Write(t.Context(), &mine)); !bytes.Equal(mine.Bytes(), b) {
				t.Errorf("%d bytes: the person fetches another", size)
			}
		}
		f, err := x.desk.Of(t.Context(), x.Actor(t, "lena"), x.who)
		if x.ok(err); len(f.Kept) != 5 || f.Kept[0].Size != 5*piece+77 || f.Person.Given != "Samira" {
			t.Errorf("%+v", f)
		}
	})
}

func (x drawer) themself() *access.Actor {
	a := x.Themself(x.t, x.who)
	a.Declare(access.Documents, access.Read)
	return a
}

func TestAFileIsTakenByWhatItHoldsNotByWhatItIsCalled(t *testing.T) {
	x := drawer{World: demotest.New(t, storetest.Open(t, storetest.SQLite(t))), t: t}
	x.desk, x.who = &document.Desk{Store: x.Store}, x.Participant(t, "karin", "lena", "Samira", "Haddad")
	types := "[Content_Types].xml"
	taken := map[string]struct {
		b    []byte
		kind document.Kind
		file string
	}{
		"a.exe":           {pdf(100), document.PDF, "a.pdf"},
		"b.pdf":           {pixels(png.Encode), document.PNG, "b.png"},
		"c.JPEG":          {pixels(func(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) }), document.JPEG, "c.jpg"},
		`C:\x\d.docm`:     {zipped(types, "x", "word/document.xml", "y"), document.DOCX, "d.docx"},
		"../../e.x":       {zipped(types, "x", "xl/workbook.xml", "y"), document.XLSX, "e.xlsx"},
		"f\u202egpj.odt":  {zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "y"), document.ODT, "fgpj.odt"},
		"":                {[]byte("Hej, åäö\r\n\tنص"), document.TXT, "dokument.txt"},
		"g\r\nSet: x.txt": {[]byte("<script>alert(1)</script>"), document.TXT, "gSet x.txt"},
	}
	for name, want := range taken {
		c, b, err := x.fetch(x.add(name, want.b))
		if err != nil || c.Kind != want.kind || c.File != want.file || !bytes.Equal(b, want.b) {
			t.Errorf("%q is %s, %q: %v", name, c.Kind, c.File, err)
		}
	}
	bomb := strings.Repeat("0", 40<<20)
	for why, b := range map[string][]byte{
		"document.bomb":         zipped(types, "x", "word/document.xml", bomb),
		"document.bomb ":        flood(),
		"document.macro":        zipped(types, "x", "word/document.xml", "y", "word/vbaProject.bin", "z"),
		"document.kind.other":   zipped("something", "else"),
		"document.kind.other ":  {'M', 'Z', 0x90, 0, 3},
		"document.kind.other  ": []byte("caf\xe9 au lait"),
		"document.broken":       pdf(5000)[:4000],
		"document.broken ":      zipped(types, "x", "word/document.xml", "y")[:60],
		"document.broken  ":     pixels(png.Encode)[:30],
		"document.locked":       []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"),
		"document.empty":        {},
	} {
		_, err := x.desk.Add(t.Context(), x.Actor(t, "lena"), x.who, form("a.docx", b))
		if f := fault.Fields(err); len(f) != 1 || f[0].Field != "file" || f[0].Key != strings.TrimSpace(why) {
			t.Errorf("%s: %v", why, err)
		}
	}
	f := form("a.pdf", pdf(100))
	f.Size = document.Most + 1
	if g := fault.Fields(x.adds(f)); len(g) != 1 || g[0].Key != "document.large" {
		t.Errorf("more than 25 MB: %v", g)
	}
	if g := fault.Fields(x.adds(document.Form{})); len(g) != 2 || g[0].Field != "title" || g[1].Field != "file" {
		t.Errorf("nothing: %v", g)
	}
}

func (x drawer) adds(f document.Form) error {
	_, err := x.desk.Add(x.t.Context(), x.Actor(x.t, "lena"), x.who, f)
	return err
}

// cut is a file whose disk fails after some bytes.
type cut struct {
	b     []byte
	after int64
}

var errDisk = errors.New("the disk failed")

// ReadAt reads until the disk fails; the check that comes first reads the head and the tail alone.
func (c cut) ReadAt(p []byte, at int64) (int, error) {
	if at > c.after && len(p) > 5000 {
		return 0, errDisk
	}
	return bytes.NewReader(c.b).ReadAt(p, at)
}

func TestAFileThatDoesNotComeWholeLeavesNothing(t *testing.T) {
	filing(t, func(t *testing.T, x drawer) {
		b := pdf(3 << 20)
		if err := x.adds(document.Form{Title: "x", Content: cut{b, 2 << 20}, Size: int64(len(b))}); !errors.Is(err, errDisk) {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := x.desk.Add(ctx, x.Actor(t, "lena"), x.who, form("a.pdf", b)); err == nil {
			t.Fatal("one who had gone added a file")
		}
		if n := x.rows(); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		x.ok(x.Store.Write(t.Context(), func(tx *store.Tx) error { // as a power cut leaves one
			_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO document (area_id, document_id, person_id, unit_id, post_id, at, kind, sealed, size, pieces, state, removed_at, removed_by, why, version)
			 VALUES ($1, 7, $2, $3, $4, $5, 'pdf', $6, 9, 1, 'arriving', 0, 0, $6, 1)`), x.Place.Area, x.who, x.Place.Units["Vuxenslussen"], x.Place.Posts["lena"], int64(x.Now())-7_200_000, []byte{})
			return err
		}))
		if f, err := x.desk.Of(t.Context(), x.Actor(t, "lena"), x.who); err != nil || len(f.Kept)+len(f.Removed) != 0 {
			t.Errorf("a half file is shown: %+v %v", f, err)
		}
		x.add("a.pdf", pdf(100))
		if n := x.rows(); n != 2 {
			t.Errorf("%d rows: the half one was not cleared away", n)
		}
	})
}

// rows counts the rows of documents and their pieces.
func (x drawer) rows() (n int) {
	x.t.Helper()
	x.ok(x.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		return tx.One(x.t.Context(), store.Q(`SELECT (SELECT count(*) FROM document WHERE area_id = $1) + (SELECT count(*) FROM document_piece WHERE area_id = $1)`), []any{x.Place.Area}, &n)
	}))
	return n
}

func TestAPieceThatIsMovedMissingOrFromAnotherFileIsFound(t *testing.T) {
	for what, spoil := range map[string]store.SQL{
		"swapped":        store.Q(`UPDATE document_piece SET sealed = (SELECT o.sealed FROM document_piece o WHERE o.document_id = document_piece.document_id AND o.piece = 1 - document_piece.piece) WHERE piece < 2 AND area_id = $1`),
		"missing":        store.Q(`DELETE FROM document_piece WHERE piece = 1 AND area_id = $1`),
		"the end cut":    store.Q(`DELETE FROM document_piece WHERE piece = 2 AND area_id = $1`),
		"cut and told":   store.Q(`UPDATE document SET pieces = 2 WHERE area_id = $1`),
		"another's":      store.Q(`UPDATE document_piece SET sealed = (SELECT max(o.sealed) FROM document_piece o WHERE o.document_id <> document_piece.document_id AND o.piece = document_piece.piece) WHERE area_id = $1 AND piece = 0`),
		"the last again": store.Q(`UPDATE document_piece SET sealed = (SELECT o.sealed FROM document_piece o WHERE o.document_id = document_piece.document_id AND o.piece = 2) WHERE area_id = $1 AND piece = 1`),
	} {
		t.Run(what, func(t *testing.T) {
			x := drawer{World: demotest.New(t, storetest.Open(t, storetest.SQLite(t))), t: t}
			x.desk, x.who = &document.Desk{Store: x.Store}, x.Participant(t, "karin", "lena", "Samira", "Haddad")
			d := x.add("a.pdf", pdf(600<<10))
			x.add("b.pdf", append(pdf(500<<10), pdf(100<<10)...))
			x.ok(x.Store.Write(t.Context(), func(tx *store.Tx) error {
				if what == "cut and told" {
					if _, err := tx.Exec(t.Context(), store.Q(`DELETE FROM document_piece WHERE piece = 2 AND area_id = $1`), x.Place.Area); err != nil {
						return err
					}
				}
				_, err := tx.Exec(t.Context(), spoil, x.Place.Area)
				return err
			}))
			if _, b, err := x.fetch(d); !errors.Is(err, vault.ErrSealed) {
				t.Errorf("%d bytes come, %v", len(b), err)
			}
		})
	}
}
