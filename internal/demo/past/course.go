package past

import (
	"context"

	"sluss/internal/course"
	"sluss/internal/demo"
	"sluss/internal/i18n"
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
	kitchen    course.OccupationID = "R6eq_vcx_MJa"
	nurses     course.OccupationID = "qUG9_b1W_n9P"
)

const adult = "Ekhamra vuxenutbildning"

// What is said alike of more than one course.
var (
	ask = [4]string{"Prata med den som beslutar om ditt försörjningsstöd innan du börjar.", "Prata med din handläggare på försörjningsstöd innan du börjar.",
		"Talk to whoever decides on your income support before you begin.", "تحدث مع من يقرر بشأن إعانتك قبل أن تبدأ."}
	grant = [4]string{"Du kan söka studiemedel eller studiestartsstöd hos CSN.", "Du kan få pengar från CSN när du läser. Det heter studiemedel eller studiestartsstöd.",
		"You can apply to CSN for student aid, or for the grant for those who begin to study (studiestartsstöd).", "يمكنك التقديم إلى CSN للحصول على معونة الدراسة أو دعم بدء الدراسة (studiestartsstöd)."}
	twice  = [4]string{"I januari och augusti", "", "In January and August", "في يناير وأغسطس"}
	school = [4]string{"Vuxenutbildningen, Ekhamra", "", "The adult education centre, Ekhamra", "مركز تعليم الكبار، إكهامرا"}
)

// taught is a course in Swedish, easy Swedish where that is another, English and Arabic: the title, where, how long besides the weeks,
// when it starts, how much Swedish one needs, what it leads to, and what one can live on.
func taught(c course.Course, texts ...[4]string) course.Course {
	tell := map[string]course.Told{}
	for i, lang := range []string{i18n.Easy, "en", "ar"} {
		var t course.Told
		for n, name := range course.Fields {
			text := texts[n][i+1]
			if lang == i18n.Easy && text == "" {
				text = texts[n][0]
			}
			*t.At(name) = text
		}
		tell[lang] = t
	}
	c.Title, c.Place, c.Length, c.Starts, c.Level, c.Leads, c.Cost = texts[0][0], texts[1][0], texts[2][0], texts[3][0], texts[4][0], texts[5][0], texts[6][0]
	c.Others = tell
	return c
}

// learnt are the demo's courses; Ways are where each leads. The last is yet to be translated.
var learnt = []course.Course{
	taught(course.Course{Kind: course.Taster, Giver: adult, Weeks: 4, Days: 3, Free: true, Ways: []course.OccupationID{cooks, kitchen}},
		[4]string{"Prova på köket", "", "Try the kitchen", "جرّب المطبخ"}, [4]string{"Köket på Hamngatan 3", "", "The kitchen at Hamngatan 3", "المطبخ في Hamngatan 3"}, [4]string{},
		[4]string{"Första måndagen varje månad", "", "The first Monday of every month", "أول يوم اثنين من كل شهر"},
		[4]string{"Du behöver kunna prata lite svenska. Det finns en språkstödjare.", "Du behöver kunna prata lite svenska. En person hjälper till med språket.",
			"You need to speak a little Swedish. There is somebody who helps with the language.", "تحتاج إلى التحدث بقليل من السويدية. وهناك من يساعد في اللغة."},
		[4]string{"Kockutbildningen, eller ett första jobb i ett kök.", "Du kan läsa till kock. Eller få ett första jobb i ett kök.", "The training for cooks, or a first job in a kitchen.", "دراسة الطبخ، أو عمل أول في مطبخ."}, ask),
	taught(course.Course{Kind: course.Education, Giver: adult, Weeks: 40, Days: course.FullTime, Free: true, Link: "https://vuxenutbildning.ekhamra.example/kock", Ways: []course.OccupationID{cooks, chefs}},
		[4]string{"Kock på komvux", "", "Cook, at adult education", "طباخ، في تعليم الكبار"}, [4]string{"Restaurangskolan, Ekhamra", "", "The restaurant school, Ekhamra", "مدرسة المطاعم، إكهامرا"},
		[4]string{"Var fjärde vecka är du på en arbetsplats.", "", "Every fourth week you are at a workplace.", "كل أسبوع رابع تكون في مكان عمل."}, twice,
		[4]string{"Sfi C. Du kan läsa svenska samtidigt.", "Du har läst sfi C. Du kan läsa svenska samtidigt.", "Sfi C. You can study Swedish at the same time.", "Sfi C. يمكنك دراسة السويدية في الوقت نفسه."},
		[4]string{"Jobb som kock på restaurang, i skola eller på äldreboende.", "Du kan jobba som kock på restaurang, i skola eller på äldreboende.", "Work as a cook in a restaurant, a school or a home for older people.", "العمل طباخًا في مطعم أو مدرسة أو دار للمسنين."}, grant),
	taught(course.Course{Kind: course.Taster, Giver: adult, Weeks: 3, Days: 2, Free: true, Ways: []course.OccupationID{carers, nurses}},
		[4]string{"Prova på vården", "", "Try care work", "جرّب العمل في الرعاية"}, [4]string{"Äldreboendet Strandgården", "", "Strandgården, a home for older people", "دار المسنين Strandgården"}, [4]string{},
		[4]string{"I februari, april, september och november", "", "In February, April, September and November", "في فبراير وأبريل وسبتمبر ونوفمبر"},
		[4]string{"Du behöver kunna förstå och svara på enkla frågor.", "Du behöver förstå enkla frågor och kunna svara.", "You need to understand simple questions and answer them.", "تحتاج إلى فهم الأسئلة البسيطة والإجابة عنها."},
		[4]string{"Vård och omsorg på komvux, om det passar dig.", "Du kan läsa vård och omsorg på komvux, om du vill.", "Care at adult education, if it suits you.", "دراسة الرعاية في تعليم الكبار، إن ناسبتك."}, ask),
	taught(course.Course{Kind: course.Education, Giver: adult, Weeks: 30, Days: course.FullTime, Free: true, Ways: []course.OccupationID{carers}},
		[4]string{"Vårdbiträde med språkstöd", "", "Care assistant, with help with the language", "مساعد رعاية، مع دعم لغوي"}, school, [4]string{}, twice,
		[4]string{"Sfi C", "Du har läst sfi C.", "Sfi C", "Sfi C"},
		[4]string{"Jobb som vårdbiträde. Du kan läsa vidare till undersköterska.", "Du kan jobba som vårdbiträde. Du kan läsa mer och bli undersköterska.",
			"Work as a care assistant. You can study on to assistant nurse.", "العمل مساعدَ رعاية. ويمكنك متابعة الدراسة لتصبح ممرضًا مساعدًا."}, grant),
	{Kind: course.Taster, Title: "Datorn på jobbet", Giver: "Ekhamra folkhögskola", Place: "Datasalen på slussen", Length: "Vi träffas på förmiddagen", Starts: "I februari och september",
		Level: "Du behöver kunna läsa korta texter.", Leads: "Kortare kurser i administration.", Weeks: 6, Days: 1, Free: true, Ways: []course.OccupationID{assistants}},
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
	for _, o := range []course.OccupationID{cooks, chefs, carers, assistants, kitchen, nurses} {
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
