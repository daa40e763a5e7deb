package sheet

import (
	"bytes"
	"io"
	"path"
	"strings"
)

// signatures tell files that are no tables we read, by how they begin; what stands after "sheet." in the refusal.
var signatures = []struct{ begins, what string }{
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "broken"},
	{"\x89PNG", "image"},
	{"\xff\xd8\xff", "image"},
	{"GIF8", "image"},
	{"BM", "image"},
	{"II*\x00", "image"},
	{"MM\x00*", "image"},
	{"RIFF", "image"},
	{"%PDF", "pdf"},
	{"{\\rtf", "kind"},
	{"<", "kind"},
	{"\x1f\x8b", "kind"},
	{"7z\xbc\xaf", "kind"},
	{"Rar!", "kind"},
}

const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // the container of old Office files and of protected new ones

// recognise tells what a file is: zip, text, or the last word of the refusal.
func recognise(r io.ReaderAt, size int64, name string) (string, error) {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", err
	}
	if bytes.HasPrefix(head, []byte(compound)) {
		return protected(r, size)
	}
	if len(head) > 12 && string(head[4:8]) == "ftyp" {
		return "image", nil
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	for _, s := range signatures {
		if bytes.HasPrefix(trimmed, []byte(s.begins)) && (s.begins != "BM" || bytes.IndexByte(head, 0) >= 0) {
			return s.what, nil
		}
	}
	if strings.EqualFold(path.Ext(name), ".numbers") {
		return "ods", nil
	}
	return "text", nil
}

// protected tells a workbook with a password from an old one: only the first holds a stream of this name.
func protected(r io.ReaderAt, size int64) (string, error) {
	var mark []byte
	for _, c := range []byte("EncryptedPackage") {
		mark = append(mark, c, 0)
	}
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; at += int64(len(buf) - len(mark)) {
		n, err := r.ReadAt(buf, at)
		if bytes.Contains(buf[:n], mark) {
			return "password", nil
		}
		if err != nil && err != io.EOF {
			return "", err
		}
	}
	return "xls", nil
}
