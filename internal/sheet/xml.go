package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

var (
	errXML  = errors.New("broken XML")
	errLong = errors.New("a text or tag too long to be in a table")
)

const maxToken = 256 << 10 // bytes of one tag or one run of text

type token byte

const (
	text token = iota
	open
	closed
)

// markup reads XML piece by piece. What it gives is valid until the next call.
type markup struct {
	in     *bufio.Reader
	name   []byte // of the element, without prefix
	attrs  []byte // the rest of the tag
	text   []byte // as it stands in the file, entities and all
	cdata  bool   // no entities in the text
	depth  int
	inTag  bool // the < is read
	single bool // <x/>, whose end comes next
	tag    []byte
}

func newMarkup(r io.Reader) *markup { return &markup{in: bufio.NewReaderSize(r, maxToken)} }

// next gives the next piece; io.EOF after the outermost element, errXML, errLong or the reader's error.
func (m *markup) next() (token, error) {
	if m.single {
		m.single = false
		m.depth--
		return closed, nil
	}
	for {
		if !m.inTag {
			t, err := m.untilTag()
			if err != nil || t {
				return text, err
			}
		}
		m.inTag = false
		tok, ok, err := m.readTag()
		if err != nil || ok {
			return tok, err
		}
	}
}

// untilTag reads up to a <, and tells whether there was text inside an element.
func (m *markup) untilTag() (bool, error) {
	s, err := m.in.ReadSlice('<')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return false, errLong
	case errors.Is(err, io.EOF) && m.depth == 0:
		return false, io.EOF
	case errors.Is(err, io.EOF):
		return false, io.ErrUnexpectedEOF
	case err != nil:
		return false, err
	}
	m.text, m.cdata, m.inTag = s[:len(s)-1], false, true
	return len(m.text) > 0 && m.depth > 0, nil
}

// readTag reads what follows a <; ok is false for comments and instructions.
func (m *markup) readTag() (tok token, ok bool, err error) {
	tag, err := m.wholeTag()
	if err != nil {
		return 0, false, err
	}
	switch {
	case tag[0] == '?', bytes.HasPrefix(tag, []byte("!--")):
		return 0, false, nil
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		m.text, m.cdata = tag[8:len(tag)-3], true
		return text, m.depth > 0, nil
	case tag[0] == '!': // a document type: nothing good begins so
		return 0, false, errXML
	case tag[0] == '/':
		m.name, m.attrs = local(bytes.TrimSpace(tag[1:len(tag)-1])), nil
		m.depth--
		if m.depth < 0 {
			return 0, false, errXML
		}
		return closed, true, nil
	}
	tag = tag[:len(tag)-1]
	m.single = bytes.HasSuffix(tag, []byte("/"))
	tag = bytes.TrimSuffix(tag, []byte("/"))
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	m.name, m.attrs = local(tag[:end]), tag[end:]
	if len(m.name) == 0 {
		return 0, false, errXML
	}
	m.depth++
	return open, true, nil
}

// wholeTag reads up to the > that ends the tag, comment or section, and includes it.
func (m *markup) wholeTag() ([]byte, error) {
	m.tag = m.tag[:0]
	for {
		s, err := m.in.ReadSlice('>')
		switch {
		case errors.Is(err, bufio.ErrBufferFull), len(m.tag) > maxToken:
			return nil, errLong
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		case len(m.tag) == 0 && ended(s):
			return s, check(s)
		}
		m.tag = append(m.tag, s...)
		if ended(m.tag) {
			return m.tag, check(m.tag)
		}
	}
}

func check(tag []byte) error {
	if len(tag) < 2 {
		return errXML
	}
	return nil
}

// ended tells whether the > at the end of the tag is its last, and not one inside a quote, comment or section.
func ended(tag []byte) bool {
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		return len(tag) >= 6 && bytes.HasSuffix(tag, []byte("-->"))
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		return bytes.HasSuffix(tag, []byte("]]>"))
	case tag[0] == '!', tag[0] == '?', tag[0] == '/':
		return true
	}
	var quote byte
	for _, c := range tag {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote == 0
}

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// attr gives the value of the attribute with the local name, undecoded, or nil.
func (m *markup) attr(name string) []byte {
	s := m.attrs
	for {
		eq := bytes.IndexByte(s, '=')
		if eq < 0 {
			return nil
		}
		key := local(bytes.TrimSpace(s[:eq]))
		s = bytes.TrimLeft(s[eq+1:], " \t\r\n")
		if len(s) == 0 {
			return nil
		}
		end := bytes.IndexByte(s[1:], s[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return s[1 : end+1]
		}
		s = s[end+2:]
	}
}

// value gives the decoded attribute.
func (m *markup) value(name string) string { return string(unescape(nil, m.attr(name))) }

// appendText adds the decoded text to b.
func (m *markup) appendText(b []byte) []byte {
	if m.cdata {
		return append(b, m.text...)
	}
	return unescape(b, m.text)
}

var entities = map[string]byte{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// unescape adds s to b with its entities replaced; one that is unknown stays as it stands.
func unescape(b, s []byte) []byte {
	for {
		amp := bytes.IndexByte(s, '&')
		if amp < 0 {
			return append(b, s...)
		}
		b, s = append(b, s[:amp]...), s[amp+1:]
		end := bytes.IndexByte(s[:min(len(s), 12)], ';')
		if end < 1 {
			b = append(b, '&')
			continue
		}
		if c, ok := entities[string(s[:end])]; ok {
			b, s = append(b, c), s[end+1:]
		} else if r, ok := character(string(s[:end])); ok {
			b, s = utf8.AppendRune(b, r), s[end+1:]
		} else {
			b = append(b, '&')
		}
	}
}

// character reads #65 or #x41.
func character(s string) (rune, bool) {
	if s[0] != '#' || len(s) < 2 {
		return 0, false
	}
	base, digits := 10, s[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil && n != 0
}
