package walk

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"sluss/internal/document"
)

// handIn sends a file as the page of documents does; of is how much of the body comes, 0 for all.
func (v *visitor) handIn(path, once string, content []byte, of int) *httptest.ResponseRecorder {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, value := range map[string]string{"_token": v.token, "_once": once, "title": "CV"} {
		_ = m.WriteField(name, value)
	}
	w, _ := m.CreateFormFile("file", "cv.pdf")
	_, _ = w.Write(content)
	_ = m.Close()
	var body io.Reader = &b
	if of > 0 {
		body = io.LimitReader(&b, int64(of))
	}
	r := v.request("POST", path, body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return v.send(r)
}

func TestADocumentIsKeptOnceAndServedSoThatNothingOfItRuns(t *testing.T) {
	s := plainSite(t)
	s.populate(t)
	lena, active := s.enter(t, "lena"), s.people["active"]
	path := "/arbete/person/" + active.ids["person"] + "/dokument"
	count := func() int { return strings.Count(lena.get(path).Body.String(), "/ta-bort\"") }
	before := count()
	paper := func(size int) []byte {
		return append(append([]byte("%PDF-1.7\n"), make([]byte, size-20)...), "\n%%EOF\n"...)
	}

	large := lena.handIn(path, "large", paper(document.Most+1<<20), 0)
	if large.Code != 422 || !strings.Contains(large.Body.String(), "högst 25 MB") || !strings.Contains(large.Body.String(), `value="CV"`) {
		t.Errorf("26 MB: %d", large.Code)
	}
	if cut := lena.handIn(path, "cut", paper(3<<20), 2<<20); cut.Code != 422 || !strings.Contains(cut.Body.String(), "gick inte att läsa") {
		t.Errorf("one that was cut off: %d", cut.Code)
	}
	if wrong := lena.handIn(path, "wrong", []byte("MZ\x90\x00"), 0); wrong.Code != 422 || !strings.Contains(wrong.Body.String(), "Spara den som PDF") {
		t.Errorf("a program: %d", wrong.Code)
	}
	if n := count(); n != before {
		t.Fatalf("%d documents where there were %d", n, before)
	}
	content := paper(700 << 10)
	for range 2 {
		if res := lena.handIn(path, "pressed", content, 0); res.Code != 303 || res.Header().Get("Location") != path {
			t.Fatalf("handed in: %d %s", res.Code, res.Body)
		}
	}
	page := lena.get(path).Body.String()
	if n := count(); n != before+1 {
		t.Errorf("pressed twice: %d documents where there were %d", n, before)
	}
	at := strings.Index(page, path+"/")
	got := lena.get(page[at : at+len(path)+1+strings.IndexByte(page[at+len(path)+1:], '"')])
	if !bytes.Equal(got.Body.Bytes(), content) {
		t.Errorf("%d bytes come back: %d", got.Body.Len(), got.Code)
	}
	for name, want := range map[string]string{"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff", "Content-Type": "application/pdf",
		"Content-Disposition": "attachment; filename=cv.pdf", "Cache-Control": "no-store"} {
		if h := got.Header().Get(name); h != want {
			t.Errorf("%s: %q", name, h)
		}
	}
}
