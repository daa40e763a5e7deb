package sheet

import "strings"

const (
	delimiters   = ";\t,|"
	sniffedLines = 100
)

// sniff tells the delimiter from the start of a text. Decimal commas and "Andersson, Anna" make commas common in files
// parted by something else, so a semicolon or tab that parts most rows alike goes before them. Without any it is ;.
func sniff(sample string, cut bool) rune {
	lines := bareLines(sample, cut)
	for _, group := range []string{delimiters[:2], delimiters[2:], delimiters} {
		best, most := rune(0), 0
		for _, d := range group {
			alike, fields := shape(lines, d)
			if score := alike * (fields - 1); score > most && (2*alike > len(lines) || group == delimiters) {
				best, most = d, score
			}
		}
		if best != 0 {
			return best
		}
	}
	return ';'
}

// bareLines gives the first lines with text, without what stands in quotes, and without the last if it may be cut.
func bareLines(sample string, cut bool) []string {
	var b strings.Builder
	quoted, before := false, '\n'
	for _, r := range sample {
		switch {
		case quoted:
			quoted = r != '"'
		case r == '"' && strings.ContainsRune(delimiters+"\r\n\"\ufeff", before):
			quoted = true
		default:
			b.WriteRune(r)
		}
		before = r
	}
	lines := strings.FieldsFunc(b.String(), func(r rune) bool { return r == '\n' || r == '\r' })
	if cut && len(lines) > 1 {
		lines = lines[:len(lines)-1]
	}
	return lines[:min(len(lines), sniffedLines)]
}

// shape tells how many lines have the commonest number of fields over one, and that number.
func shape(lines []string, delimiter rune) (alike, fields int) {
	lengths := map[int]int{}
	for _, l := range lines {
		lengths[strings.Count(l, string(delimiter))+1]++
	}
	fields = 1
	for n, times := range lengths {
		if n > 1 && (times > alike || times == alike && n > fields) {
			alike, fields = times, n
		}
	}
	return alike, fields
}
