package pnr

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unique"

	"sluss/internal/clock"
	"sluss/internal/fault"
)

// Why a text is not a personal identity number. Each is the key of a fault; Short and Long carry the count of digits.
const (
	Empty   = "pnr.empty"   // nothing was written
	Short   = "pnr.short"   // too few digits, or eleven
	Long    = "pnr.long"    // more than twelve digits
	Letters = "pnr.letters" // something else than digits and one dash or plus
	Date    = "pnr.date"    // the first digits are no date
	Future  = "pnr.future"  // a birth after today
	Serial  = "pnr.serial"  // 000 after the date, which nobody is given
	Check   = "pnr.check"   // the check digit does not fit: something is mistyped
	Interim = "pnr.interim" // a temporary number with letters (T-number, reserve number)
	Org     = "pnr.org"     // an organisation's number
	Rounded = "pnr.rounded" // a spreadsheet has rounded the last digits away
)

const (
	longest    = 200  // bytes of text that are looked at
	firstYear  = 1800 // nobody in the registers was born before
	individual = "16" // the century that authorities write before an organisation's ten digits
)

var (
	interimForm  = regexp.MustCompile(`^(\d{6}|\d{8})[-+]?([TRSUWXJKLMN]\d{3}|[A-Z]{2}\d{2})$`)
	plainForm    = regexp.MustCompile(`^[\d-]*(\+\d{4})?$`)
	exponentForm = regexp.MustCompile(`^(\d)(?:[.,](\d+))?E\+?(\d{1,3})$`)
	floatForm    = regexp.MustCompile(`^(\d+)[.,]0*$`)
)

// Parse reads a number of ten or twelve digits as people and spreadsheets write it, on the day today: with any dash or
// none, plus, blanks anywhere, invisible characters, full-width or Arabic digits, or as the text of an exact float
// (1.98507099805E+11). With ten digits the century is the latest that does not put the birth after today, one earlier
// with a plus. A number that was stored with twelve digits may be read on any later day.
//
// The error is an invalid fault with one of the keys above.
func Parse(text string, today clock.Date) (Number, error) {
	digits, err := twelve(text, today)
	if err != nil {
		return Number{}, err
	}
	if err := check(digits, today); err != nil {
		return Number{}, err
	}
	return Number{unique.Make(digits)}, nil
}

// Within tells whether a number stands somewhere in a text.
func Within(text string, today clock.Date) bool {
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789-+", r) }), func(w string) bool {
		_, err := Parse(w, today)
		return err == nil
	})
}

// twelve gives the twelve digits the text means, unchecked.
func twelve(text string, today clock.Date) (string, error) {
	if len(text) == 12 && strings.Trim(text, "0123456789") == "" { // as it is stored
		return text, nil
	}
	s, err := unfloat(clean(text))
	if err != nil {
		return "", err
	}
	if interimForm.MatchString(s) {
		return "", refuse(Interim)
	}
	if !plainForm.MatchString(s) {
		return "", refuse(Letters)
	}
	digits, plus := onlyDigits(s)
	switch n := len(digits); {
	case n == 0:
		return "", refuse(Empty)
	case n > 12:
		return "", refuse(Long, n)
	case n == 12:
		return digits, nil
	case n == 10 && today != "":
		return century(digits, plus, today), nil
	default:
		return "", refuse(Short, n)
	}
}

// unfloat turns the text of a float into that of a whole number, when no digit is lost by it.
func unfloat(s string) (string, error) {
	if m := floatForm.FindStringSubmatch(s); m != nil {
		return m[1], nil
	}
	m := exponentForm.FindStringSubmatch(s)
	if m == nil {
		return s, nil
	}
	// A digit that is not written may have been rounded away, and a guess may be somebody else's number.
	if exp, _ := strconv.Atoi(m[3]); len(m[2]) != exp {
		return "", refuse(Rounded)
	}
	return m[1] + m[2], nil
}

// century puts the two digits before ten.
func century(ten string, plus bool, today clock.Date) string {
	yy, _ := strconv.Atoi(ten[:2])
	now := today.Time().Year()
	year := now - (now%100-yy+100)%100
	// Compared as text, since a coordination number may hold no date of the calendar.
	if year == now && undated(ten[2:6]) > string(today[5:7]+today[8:10]) {
		year -= 100
	}
	if plus {
		year -= 100
	}
	return strconv.Itoa(year/100) + ten
}

// undated lowers the day of MMDD by sixty when it is a coordination number's.
func undated(mmdd string) string {
	if mmdd[2] < '6' {
		return mmdd
	}
	return mmdd[:2] + string(mmdd[2]-6) + mmdd[3:]
}

// check tells what is wrong with twelve digits.
func check(d string, today clock.Date) error {
	if d[:2] == individual || d[4] >= '2' {
		return organisation(d)
	}
	if d[8:11] == "000" {
		return refuse(Serial)
	}
	if err := checkDate(d, today); err != nil {
		return err
	}
	if !luhn(d[2:]) {
		return refuse(Check)
	}
	return nil
}

// organisation refuses a number whose month is over nineteen: as an organisation's if the check digit fits.
func organisation(d string) error {
	if d[4] >= '2' && luhn(d[2:]) {
		return refuse(Org)
	}
	return refuse(Date)
}

func checkDate(d string, today clock.Date) error {
	if year, _ := strconv.Atoi(d[:4]); year < firstYear {
		return refuse(Date)
	}
	born := d[:4] + undated(d[4:8])
	if _, err := birthDate(d); err != nil && !open(born, d) {
		return refuse(Date)
	}
	if today != "" && born > strings.ReplaceAll(string(today), "-", "") {
		return refuse(Future)
	}
	return nil
}

// open tells whether a date that is not in the calendar may still stand in a coordination number: the month or the day
// may be nought, and some months have been given a day too many.
func open(born, d string) bool { return d[6] >= '6' && born[4:6] <= "12" && born[6:8] <= "31" }

// luhn tells whether the last of ten digits is the check digit of the others.
func luhn(ten string) bool {
	sum := 0
	for i := range len(ten) {
		v := int(ten[i]-'0') * (2 - i%2)
		sum += v/10 + v%10
	}
	return sum%10 == 0
}

func refuse(key string, args ...any) error { return fault.New(fault.Invalid, key, args...) }
