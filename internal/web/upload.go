package web

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"sluss/internal/vault"
)

// upload is a file that came with a form. It lies sealed on disk while the request lasts, never in clear: the standard
// library's own reading of such forms would put it in the temporary folder as it is.
type upload struct {
	content *vault.Scratch
	name    string
	sum     []byte // of what it holds, for two presses of the same button
}

// mostParts is how many fields and files a form may have.
const mostParts = 1000

// readParts reads a form that may carry files.
func (f *Form) readParts(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	f.values, f.files = map[string][]string{}, map[string]upload{}
	left := int64(bodyLimit)
	for range mostParts {
		p, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f.part(p, &left); err != nil {
			return err
		}
	}
	return errors.New("too many parts")
}

// part reads one field or file; left is how many bytes the fields may still have together.
func (f *Form) part(p *multipart.Part, left *int64) error {
	name := p.FormName()
	if p.FileName() != "" && f.files[name].content == nil {
		return f.keep(name, p)
	}
	b, err := io.ReadAll(io.LimitReader(p, *left+1))
	if err != nil {
		return err
	}
	if *left -= int64(len(b) + len(name)); *left < 0 {
		return &http.MaxBytesError{Limit: bodyLimit}
	}
	f.values[name] = append(f.values[name], string(b))
	return nil
}

func (f *Form) keep(name string, p *multipart.Part) error {
	s, err := vault.NewScratch()
	if err != nil {
		return fmt.Errorf("room for a file: %w", err)
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(s, sum), p)
	f.files[name] = upload{s, p.FileName(), sum.Sum(nil)}
	return err
}

// close gives back the room of the files.
func (f *Form) close() {
	if f == nil {
		return
	}
	for _, u := range f.files {
		_ = u.content.Close()
	}
}

// File gives an uploaded file, its size and what it is called; ok is false when none was chosen. It can be read until
// the request is answered.
func (f *Form) File(name string) (content io.ReaderAt, size int64, filename string, ok bool) {
	u := f.files[name]
	if u.content == nil {
		return nil, 0, "", false
	}
	return u.content, u.content.Size(), u.name, true
}
