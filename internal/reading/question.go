package reading

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
)

type questionTag struct{}

// QuestionID is the id of a question.
type QuestionID = id.Of[questionTag]

// Question is what a person wonders about a line of the log, in their own words.
type Question struct {
	ID       QuestionID
	Line     Line // what it is about
	On       clock.Date
	Reader   id.Post
	To       id.Post // who answers
	Words    string
	Asked    clock.Instant
	Due      clock.Date
	Answer   string // "" until there is one
	Answered clock.Instant
	Version  int
	TypedBy  id.Post // who typed it in from a paper, 0 for what the person wrote by themself
}

// answerWithin is how many working days an answer may take.
const answerWithin = 10

// mostWords bounds what is written, in characters.
const mostWords = 4000

var errNobody = fault.New(fault.Conflict, "reading.ask.nobody")

// Answerer chooses who answers what is wondered about a reading: never who read, in any post of theirs, and never who leads the
// unit of who read. First the one that the unit has named, then the head of another unit, then whoever coordinates another,
// then whoever coordinates this one. reader is the post that read; barred are kept from the person by a prohibition.
func Answerer(reader org.Post, named id.Post, posts []org.Post, barred map[id.Post]bool) (id.Post, bool) {
	var apart []id.Worker
	for _, o := range posts {
		if o.Unit == reader.Unit && o.Role == access.Head {
			apart = append(apart, o.Worker)
		}
	}
	apart = append(apart, reader.Worker)
	free := func(o org.Post) bool { return !barred[o.ID] && !slices.Contains(apart, o.Worker) }
	for _, fits := range []func(org.Post) bool{
		func(o org.Post) bool { return o.ID == named },
		func(o org.Post) bool { return o.Role == access.Head && o.Unit != reader.Unit },
		func(o org.Post) bool { return o.Role == access.Coordinator && o.Unit != reader.Unit },
		func(o org.Post) bool { return o.Role == access.Coordinator },
	} {
		for _, o := range posts {
			if free(o) && fits(o) {
				return o.ID, true
			}
		}
	}
	return 0, false
}

// checkWords says what is wrong with what was written, at the field.
func checkWords(words, field, needed string) error {
	var form fault.Form
	if words == "" {
		form.Add(field, needed)
	}
	if len([]rune(words)) > mostWords {
		form.Add(field, "form.long", mostWords)
	}
	return form.Err()
}
