package intray

import (
	"slices"
	"strings"
	"sync"

	"sluss/internal/sheet"
)

// Column is what a column of a list holds. Its name is the text intray.column.*.
type Column string

// The columns that are understood.
const (
	Number      Column = "number"
	FullName    Column = "name" // both names in one column
	Given       Column = "given"
	Family      Column = "family"
	Birth       Column = "birth"
	Sex         Column = "sex"
	Phone       Column = "phone"
	Email       Column = "email"
	Street      Column = "street"
	Postcode    Column = "postcode"
	City        Column = "city"
	Language    Column = "language"
	Interpreter Column = "interpreter"
	Received    Column = "received"
	Reply       Column = "reply"
	Kind        Column = "kind"
	Sender      Column = "sender"
	Handler     Column = "handler" // who wrote it
	Reason      Column = "reason"
	Why         Column = "why"
	Wish        Column = "wish"
	Needs       Column = "needs"
	Mended      Column = "mended" // what a file of rows to mend says is wrong; not read

	Ignored   Column = "-"
	Undecided Column = "?"
)

// Choices are the columns one can choose among, in the order they are shown.
var Choices = []Column{Number, FullName, Given, Family, Birth, Sex, Phone, Email, Street, Postcode, City, Language, Interpreter,
	Received, Reply, Kind, Sender, Handler, Reason, Why, Wish, Needs}

// headings are what the columns are called in people's files. Case, blanks, punctuation and the dots of å, ä, ö do not
// matter.
var headings = map[Column][]string{
	Number: {"personnummer", "personnr", "pers nr", "pnr", "person nummer", "personnummer/samordningsnummer", "samordningsnummer", "ssn",
		"identity number", "personal number", "personal identity number", "id number", "id-nummer"},
	FullName:    {"namn", "name", "full name", "namn (för- och efternamn)", "name (given and family)", "för- och efternamn", "förnamn efternamn", "efternamn förnamn", "efternamn, förnamn", "förnamn och efternamn", "klient", "klientens namn", "deltagare", "person"},
	Given:       {"förnamn", "tilltalsnamn", "first name", "given name", "given names", "firstname"},
	Family:      {"efternamn", "last name", "family name", "surname", "lastname"},
	Birth:       {"födelseår", "född", "födelsedatum", "födelsedag", "birth year", "year of birth", "birth date", "date of birth", "born"},
	Sex:         {"kön", "sex", "gender", "juridiskt kön"},
	Phone:       {"telefon", "tel", "tfn", "telefonnummer", "mobil", "mobilnummer", "mobiltelefon", "tele", "phone", "telephone", "phone number", "mobile"},
	Email:       {"e-post", "epost", "e-postadress", "mejl", "mail", "e-mail", "email", "email address", "mejladress", "mailadress"},
	Street:      {"adress", "gatuadress", "gata", "postadress", "utdelningsadress", "street", "address", "street address", "c/o"},
	Postcode:    {"postnr", "postnummer", "post nr", "zip", "postcode", "postal code", "zip code"},
	City:        {"ort", "postort", "stad", "city", "town"},
	Language:    {"språk", "modersmål", "talar", "language", "first language", "mother tongue"},
	Interpreter: {"tolk", "tolkbehov", "behöver tolk", "behov av tolk", "tolk ja/nej", "interpreter", "needs interpreter", "interpreter needed"},
	Received: {"remissdatum", "datum", "remiss datum", "inkom", "inkommen", "inkommit", "inkom datum", "ankomstdatum", "datum för remiss", "remiss inkom", "anmäld", "anmälningsdatum", "ködatum",
		"date", "received", "date received", "referral date", "received on", "referred", "date of referral", "registered"},
	Reply:   {"svara senast", "svar senast", "svarsdatum", "sista svarsdag", "svar till", "reply by", "answer by", "reply before", "respond by"},
	Kind:    {"typ av remiss", "typ", "remisstyp", "remiss/anvisning", "hur", "väg in", "ingång", "anmälningssätt", "kind", "type", "referral type", "kind of referral", "type of referral"},
	Sender:  {"avsändare", "enhet", "remittent", "remitterande enhet", "från", "från enhet", "remiss från", "sender", "unit", "from", "referrer", "referring unit", "sending unit", "referred by"},
	Handler: {"handläggare", "socialsekreterare", "kontaktperson", "ansvarig handläggare", "remitterande handläggare", "caseworker", "case worker", "case manager", "contact person", "official"},
	Reason:  {"orsak", "anledning", "remissorsak", "varför", "reason", "cause", "reason for referral"},
	Why:     {"beskrivning", "bakgrund", "orsak i ord", "kommentar", "anteckning", "description", "background", "comment", "note", "notes", "in words"},
	Wish:    {"önskan", "egen önskan", "önskemål", "vill", "personens önskan", "wish", "own wish", "wants", "wishes"},
	Needs:   {"behov", "särskilda behov", "anpassning", "anpassningar", "tillgänglighet", "behöver", "needs", "special needs", "accessibility", "accessibility needs", "accommodation"},
	Mended:  {"att rätta", "to mend", "للتصحيح"},
}

var folded = sync.OnceValue(func() map[string]Column {
	m := map[string]Column{}
	for c, words := range headings {
		for _, w := range words {
			m[sheet.Fold(w)] = c
		}
		if c != Mended {
			m[sheet.Fold(string(c))] = c
		}
	}
	return m
})

// columnOf tells what a heading means; a remark in brackets after it is looked past if need be.
func columnOf(heading string) (Column, bool) {
	if len(heading) > 200 {
		return "", false
	}
	if c, ok := folded()[sheet.Fold(heading)]; ok {
		return c, true
	}
	short, _, cut := strings.Cut(heading, "(")
	c, ok := folded()[sheet.Fold(short)]
	return c, ok && cut
}

func known(heading string) bool {
	_, ok := columnOf(heading)
	return ok
}

// arrange tells what each heading is as far as it can be told. Of two with one meaning the first counts, and the other is
// for somebody to decide.
func arrange(headings []string) []Column {
	list := make([]Column, len(headings))
	for i, h := range headings {
		c, ok := columnOf(h)
		switch {
		case strings.TrimSpace(h) == "" || c == Mended:
			list[i] = Ignored
		case ok && !slices.Contains(list[:i], c):
			list[i] = c
		default:
			list[i] = Undecided
		}
	}
	return list
}

// whole tells whether nothing is left to decide: a name is there, and no column is undecided.
func whole(list []Column) bool {
	return named(list) && !slices.Contains(list, Undecided)
}

func named(list []Column) bool {
	return slices.Contains(list, FullName) || slices.Contains(list, Given) && slices.Contains(list, Family)
}
