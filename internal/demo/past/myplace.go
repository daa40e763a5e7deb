package past

import (
	"context"

	"sluss/internal/demo"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/plan"
	"sluss/internal/store"
)

func (d day) myPlace() *myplace.Desk { return &myplace.Desk{Store: d.db()} }

// placed is how many of each coach's participants have said what helps them.
const placed = 4

// saying is what somebody says about their place, and what they ask for.
type saying struct {
	words  myplace.Words
	lang   string
	asks   string
	answer myplace.Answer
	reply  string
	leader bool
}

// inTongue is what is said in Arabic, and in Swedish in its stead by those who speak Swedish.
var inTongue = map[bool]saying{
	true: {myplace.Words{Helps: "كأس شاي وعشر دقائق من الهدوء.", Touch: "مكالمة كل يوم إثنين.", Reach: "اتصلوا بأختي."}, "ar", "أن أبدأ الساعة العاشرة", myplace.Instead, "Halv tio på tisdagar, tio andra dagar.", true},
	false: {myplace.Words{Helps: "En kopp te och tio minuter i lugn och ro.", Touch: "Ett samtal varje måndag.", Reach: "Ring min syster."}, "sv", "Börja klockan tio", myplace.Instead,
		"Halv tio på tisdagar, tio andra dagar.", true},
}

// said is what some of them say.
var said = []saying{
	{myplace.Words{Helps: "Att få sätta mig en stund i det lilla rummet, utan att någon frågar.", Touch: "Sms på förmiddagen. Jag svarar när jag orkar.",
		Reach: "Skriv bara att ni tänker på mig. Ring inte."}, "sv", "Sitta nära dörren", myplace.Yes, "", true},
	inTongue[true],
	{myplace.Words{Helps: "Att veta i förväg vad som ska hända.", Touch: "Vi ses varannan torsdag."}, "sv", "Dagens program på ett papper", myplace.Waiting, "", false},
	{myplace.Words{Helps: "En promenad med någon.", Reach: "Kom gärna hem till mig om jag har varit tyst länge."}, "sv", "Mindre grupp vid lunchen", myplace.Waiting, "", true},
}

// places lets some of the coaches' participants say what helps, in the last weeks; one thing asked for has waited too long.
func (p *player) places(ctx context.Context) error {
	for _, coach := range p.coaches {
		who, err := p.caseload(ctx, coach)
		if err != nil {
			return err
		}
		for i, person := range who[:min(placed, len(who))] {
			err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
				return day{p, tx, p.Until.Date().Add(-16 - i)}.says(ctx, coach, person, i)
			})
			if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) { // not here yet on that day, or no longer
				return err
			}
		}
	}
	return nil
}

// says is what one of them says.
func (d day) says(ctx context.Context, coach string, who id.Person, i int) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	var lang string
	if err := d.tx.One(ctx, store.Q(`SELECT language FROM person WHERE area_id = $1 AND person_id = $2`), []any{demo.AreaID, who}, &lang); err != nil {
		return err
	}
	x := said[i%len(said)]
	if (lang == "ar") != (x.lang == "ar") {
		x = inTongue[lang == "ar"]
	}
	if err := d.myPlace().Write(ctx, a, who, myplace.Form{Words: x.words, Lang: x.lang, How: plan.AtTable}); err != nil {
		return err
	}
	_, err = d.myPlace().Adapt(ctx, a, who, myplace.AdaptationForm{What: x.asks, Lang: x.lang, Responsible: d.place.Posts[coach], DueOn: d.today.Add(14 + i%2*30),
		Leader: x.leader, How: plan.AtTable, Answer: x.answer, Reply: x.reply})
	return err
}
