package feed

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"sluss/internal/clock"
	"sluss/internal/schedule"
)

// Event is something in a calendar. When is on the wall, so that it holds over summer time.
type Event struct {
	UID       string // the same as long as it is the same thing
	On        clock.Date
	At, Until clock.LocalTime // both empty of a whole day, which takes no time
	Title     string
	Cancelled bool
	Sequence  int // how many times it was changed

	Days string     // of what comes back each week: 1 is Monday, as 135; On is the first of its days
	Last clock.Date // and the last day of that
}

// zone tells a calendar program how the wall clock goes, in case it does not know: summer time from the last Sunday of March
// to the last of October.
const zone = `BEGIN:VTIMEZONE
TZID:` + schedule.Zone + `
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE`

// Calendar writes the events as iCalendar (RFC 5545), with the name that a program shows for the whole.
func Calendar(name string, now clock.Instant, events []Event) []byte {
	var b strings.Builder
	put := func(line string) { b.WriteString(fold(line) + "\r\n") }
	for _, line := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sluss//Sluss//SV", "METHOD:PUBLISH", "X-WR-CALNAME:" + escape(name), "REFRESH-INTERVAL;VALUE=DURATION:PT6H"} {
		put(line)
	}
	for _, line := range strings.Split(zone, "\n") {
		put(line)
	}
	for _, e := range events {
		put("BEGIN:VEVENT")
		put("UID:" + e.UID)
		put("DTSTAMP:" + now.Time().UTC().Format("20060102T150405Z"))
		if e.At == "" {
			put("DTSTART;VALUE=DATE:" + day(e.On))
			put("DTEND;VALUE=DATE:" + day(e.On.Add(1)))
			put("TRANSP:TRANSPARENT")
		} else {
			put("DTSTART;TZID=" + schedule.Zone + ":" + wall(e.On, e.At))
			put("DTEND;TZID=" + schedule.Zone + ":" + wall(e.On, e.Until))
		}
		if e.Days != "" {
			put("RRULE:" + e.rule())
		}
		put("SUMMARY:" + escape(e.Title))
		put("SEQUENCE:" + strconv.Itoa(e.Sequence))
		if e.Cancelled {
			put("STATUS:CANCELLED")
		} else {
			put("STATUS:CONFIRMED")
		}
		put("CLASS:PRIVATE")
		put("END:VEVENT")
	}
	put("END:VCALENDAR")
	return []byte(b.String())
}

// rule says on which days of the week it comes back, and until when: an instant, as the standard asks.
func (e Event) rule() string {
	var days []string
	for _, d := range e.Days {
		days = append(days, [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[int(d-'0')%7])
	}
	return "FREQ=WEEKLY;BYDAY=" + strings.Join(days, ",") + ";UNTIL=" + e.Last.At("23:59").Time().UTC().Format("20060102T150405Z")
}

func day(on clock.Date) string { return strings.ReplaceAll(string(on), "-", "") }

func wall(on clock.Date, at clock.LocalTime) string {
	return day(on) + "T" + strings.ReplaceAll(string(at), ":", "") + "00"
}

var escaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "")

func escape(text string) string { return escaper.Replace(text) }

// most is how many bytes a line may have.
const most = 75

// fold breaks a long line between letters; what goes on begins with a space.
func fold(line string) string {
	var b strings.Builder
	n := 0
	for _, r := range line {
		if n+utf8.RuneLen(r) > most {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(r)
		n += utf8.RuneLen(r)
	}
	return b.String()
}
