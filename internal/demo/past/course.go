package past

import (
	"context"

	"sluss/internal/course"
	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/site"
	"sluss/internal/store"
)

// The occupations that the demo's courses lead to, as the forecast numbers them.
const (
	cooks      course.OccupationID = "i5zY_AwC_RGf"
	chefs      course.OccupationID = "917g_hKW_4Ce"
	carers     course.OccupationID = "Pda7_Z6w_9t3"
	assistants course.OccupationID = "PDNm_NZ2_WRh"
)

const adult = "Ekhamra vuxenutbildning"

// learnt are the demo's courses; Ways are where each leads.
var learnt = []course.Course{
	{Kind: course.Taster, Title: "Prova på köket", Giver: adult, Place: "Köket på Hamngatan 3", Length: "4 veckor, tre dagar i veckan", Starts: "Första måndagen varje månad",
		Level: "Du behöver kunna prata lite svenska. Det finns en språkstödjare.", Leads: "Kockutbildningen, eller ett första jobb i ett kök.",
		Cost: "Det kostar inget. Prata med den som beslutar om ditt försörjningsstöd innan du börjar.", Ways: []course.OccupationID{cooks}},
	{Kind: course.Education, Title: "Kock på komvux", Giver: adult, Place: "Restaurangskolan, Ekhamra", Length: "40 veckor, heltid. Var fjärde vecka är du på en arbetsplats.", Starts: "I januari och augusti",
		Level: "Sfi C. Du kan läsa svenska samtidigt.", Leads: "Jobb som kock på restaurang, i skola eller på äldreboende.",
		Cost: "Det kostar inget att läsa. Du kan söka studiemedel eller studiestartsstöd hos CSN.", Link: "https://vuxenutbildning.ekhamra.example/kock", Ways: []course.OccupationID{cooks, chefs}},
	{Kind: course.Taster, Title: "Prova på vården", Giver: adult, Place: "Äldreboendet Strandgården", Length: "3 veckor, två dagar i veckan", Starts: "I februari, april, september och november",
		Level: "Du behöver kunna förstå och svara på enkla frågor.", Leads: "Vård och omsorg på komvux, om det passar dig.",
		Cost: "Det kostar inget. Prata med den som beslutar om ditt försörjningsstöd innan du börjar.", Ways: []course.OccupationID{carers}},
	{Kind: course.Education, Title: "Vårdbiträde med språkstöd", Giver: adult, Place: "Vuxenutbildningen, Ekhamra", Length: "30 veckor, heltid", Starts: "I januari och augusti", Level: "Sfi C",
		Leads: "Jobb som vårdbiträde. Du kan läsa vidare till undersköterska.", Cost: "Det kostar inget att läsa. Du kan söka studiemedel eller studiestartsstöd hos CSN.", Ways: []course.OccupationID{carers}},
	{Kind: course.Taster, Title: "Datorn på jobbet", Giver: "Ekhamra folkhögskola", Place: "Datasalen på slussen", Length: "6 veckor, en förmiddag i veckan", Starts: "I februari och september",
		Level: "Du behöver kunna läsa korta texter.", Leads: "Kortare kurser i administration.", Cost: "Det kostar inget.", Ways: []course.OccupationID{assistants}},
}

// courses reads the forecast in, and has karin write the courses and link them; some of each coach's participants are interested.
func (p *player) courses(ctx context.Context) error {
	b, err := course.ReadBarometer(demo.Barometer())
	if err != nil {
		return err
	}
	if err := (&course.Desk{Store: p.Org.Store}).Save(ctx, b, p.Until); err != nil {
		return err
	}
	var made []course.ID
	err = p.Org.Store.Write(ctx, func(tx *store.Tx) (err error) {
		made, err = day{p, tx, p.Until.Date()}.teach(ctx)
		return err
	})
	if err != nil {
		return err
	}
	for n, coach := range p.coaches {
		who, err := p.active(ctx, coach)
		if err != nil {
			return err
		}
		err = p.Org.Store.Write(ctx, func(tx *store.Tx) error {
			return day{p, tx, p.Until.Date()}.curious(ctx, coach, who[:min(len(who), 2)], made[n:])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// teach writes the courses and links them from their occupations, and has the assistance unit send two letters.
func (d day) teach(ctx context.Context) (made []course.ID, err error) {
	karin, err := d.as(ctx, "karin")
	if err != nil {
		return nil, err
	}
	desk, ways := &course.Desk{Store: d.db()}, map[course.OccupationID][]course.ID{}
	for _, c := range learnt {
		k, err := desk.Add(ctx, karin, c)
		if err != nil {
			return nil, err
		}
		made = append(made, k)
		for _, o := range c.Ways {
			ways[o] = append(ways[o], k)
		}
	}
	for _, o := range []course.OccupationID{cooks, chefs, carers, assistants} {
		if err := desk.Describe(ctx, karin, course.Description{Occupation: o, Words: map[string]course.Words{}, Courses: ways[o]}); err != nil {
			return nil, err
		}
	}
	for i, x := range []course.Outreach{{Name: "Brev om höstens kurser, från ekonomiskt bistånd", Code: "host", Sent: 640}, {Name: "Brev om vårens kurser, från ekonomiskt bistånd", Code: "var"}} {
		x.On = d.today.Add(90*i - 80)
		if err := desk.Reach(ctx, karin, x); err != nil {
			return nil, err
		}
	}
	for page, n := range map[string]int{site.Outreach + "host": 118, site.Answered + "host": 23} {
		if err := site.AddVisits(ctx, d.tx, demo.AreaID, karin.Unit(), d.today.Add(-70), page, "sv", n); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// curious has the first of them interested in the first of the courses, and the next in the one after, whom the coach has talked with.
func (d day) curious(ctx context.Context, coach string, who []id.Person, made []course.ID) error {
	a, err := d.as(ctx, coach)
	if err != nil {
		return err
	}
	desk := &course.Desk{Store: d.db()}
	for i, x := range who {
		if err := desk.Want(ctx, a, x, made[i], true); err != nil {
			return err
		}
		if i == 1 {
			if err := desk.Talked(ctx, a, x, made[i], 1, true); err != nil {
				return err
			}
		}
	}
	return nil
}
