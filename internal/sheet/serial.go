package sheet

import (
	"math"
	"time"

	"sluss/internal/clock"
)

// epoch is the first day of a workbook's serial numbers.
type epoch int

const (
	from1900 epoch = iota // 1 is 1900-01-01, and 60 the 29 February that 1900 never had
	from1904              // 0 is 1904-01-01, as on older Macs
)

const lastSerial = 2_958_465 // 9999-12-31 from 1900

// day gives the day of a whole serial number; false for none, such as 60.
func (e epoch) day(n int) (clock.Date, bool) {
	switch {
	case n < 0 || n > lastSerial:
		return "", false
	case e == from1904:
		return clock.Date("1904-01-01").Add(n), n <= lastSerial-1462
	case n == 0 || n == 60:
		return "", false
	case n > 60:
		n--
	}
	return clock.Date("1899-12-31").Add(n), true
}

// show writes a serial number as a workbook's date format means it; "" when it is no day.
func (e epoch) show(n float64, style kindOf) string {
	if !(n >= 0 && n <= lastSerial+1) {
		return ""
	}
	minutes := int(math.Round((n - math.Floor(n)) * 24 * 60))
	whole := int(math.Floor(n)) + minutes/(24*60)
	clockTime := time.Time{}.Add(time.Duration(minutes%(24*60)) * time.Minute).Format("15:04")
	if style == timed && whole == 0 {
		return clockTime
	}
	d, ok := e.day(whole)
	switch {
	case !ok || style == timed:
		return ""
	case minutes%(24*60) == 0:
		return string(d)
	}
	return string(d) + " " + clockTime
}

// SerialDate is the day of a spreadsheet's serial number, counted from 1904 or else from 1900. clock.ErrDate for a number
// that is no day.
func SerialDate(n float64, since1904 bool) (clock.Date, error) {
	e := from1900
	if since1904 {
		e = from1904
	}
	if !(n >= 0 && n < lastSerial+1) {
		return "", clock.ErrDate
	}
	d, ok := e.day(int(n))
	if !ok {
		return "", clock.ErrDate
	}
	return d, nil
}
