package past

import "sluss/internal/org"

// origin is a stock of invented names that go together, and the language their bearers often want to talk in.
type origin struct {
	lang              string
	share             int // of a hundred
	women, men, house []string
}

var origins = []origin{
	{"sv", 52, list("Tove", "Sanna", "Ramona", "Annika", "Maj", "Elin", "Gunilla", "Jenny", "Klara", "Ulrika", "Mona", "Therese", "Viola", "Hanna"),
		list("Roger", "Peter", "Kjell", "Mikael", "Jonas", "Viktor", "Stefan", "Anders", "Tomas", "Emil", "Rickard", "Göran", "Ludvig", "Åke"),
		list("Lindfors", "Åkesson", "Norrby", "Strandh", "Ekdal", "Almgren", "Hallin", "Hedvall", "Dahl", "Öhrn", "Sjöö", "Wallin", "Kvist", "Brännström", "Myrén", "Ängvall", "Fors", "Lundmark")},
	{"ar", 16, list("Samira", "Nour", "Amira", "Fatuma", "Rima", "Layla", "Hiba"), list("Omar", "Khaled", "Bilal", "Yusuf", "Firas", "Tarek", "Sami"),
		list("Haddad", "Darwish", "Nassar", "Khoury", "Saleh", "Mansour", "Aziz", "Kassab")},
	{"so", 8, list("Hodan", "Lul", "Ayaan", "Ifrah"), list("Abdi", "Mahad", "Liban", "Guled"), list("Warsame", "Abdi", "Farah", "Jama", "Nur")},
	{"prs", 6, list("Zahra", "Parisa", "Shirin"), list("Ali", "Reza", "Hamid"), list("Rezaei", "Ahmadi", "Hosseini", "Karimi")},
	{"ti", 5, list("Mariam", "Selam", "Rahel"), list("Filmon", "Yonas", "Dawit"), list("Tesfai", "Habte", "Gebre", "Kidane")},
	{"uk", 5, list("Olena", "Iryna", "Oksana"), list("Taras", "Andrij", "Bohdan"), list("Kovalenko", "Shevchuk", "Bondar", "Melnyk")},
	{"tr", 3, list("Leyla", "Elif"), list("Yusuf", "Emre"), list("Demir", "Aydin", "Kaya")},
	{"bs", 3, list("Amra", "Senka"), list("Besnik", "Damir"), list("Gashi", "Hodzic", "Begic")},
	{"fi", 2, list("Aino", "Päivi"), list("Timo", "Jukka"), list("Korhonen", "Lahtinen")},
}

func list(words ...string) []string { return words }

// want is a goal in a language, and the same in another.
type want struct{ words, lang, other string }

// goals are what the demo's people have said they want: in Swedish, with the same in Arabic for who reads that, or in a language of their own with
// the same in Swedish.
var goals = []want{
	{"Jag vill arbeta med mat igen. Det är det jag kan.", "sv", "أريد أن أعمل في الطبخ من جديد. هذا ما أتقنه."},
	{"Jag vill orka en hel dag utan att bli sängliggande efteråt.", "sv", "أريد أن أقوى على يوم كامل دون أن ألزم الفراش بعده."},
	{"Jag vill ha ett jobb där jag får vara ute.", "sv", "أريد عملًا أكون فيه في الهواء الطلق."},
	{"Jag vill läsa klart gymnasiet så att barnen ser att det går.", "sv", "أريد أن أُنهي الثانوية ليرى أولادي أن ذلك ممكن."},
	{"Jag vill kunna prata själv hos läkaren, utan min son.", "sv", "أريد أن أتكلم بنفسي عند الطبيب، دون ابني."},
	{"Jag vill köra lastbil.", "sv", "أريد أن أقود شاحنة."},
	{"Jag vill träffa folk. Det är för tyst hemma.", "sv", "أريد أن ألتقي بالناس. البيت هادئ أكثر من اللازم."},
	{"Jag vill prova något lugnt med händerna, som att laga möbler.", "sv", "أريد أن أجرّب شيئًا هادئًا بيديّ، مثل إصلاح الأثاث."},
	{"Jag vill bli undersköterska.", "sv", "أريد أن أعمل مساعدة تمريض."},
	{"Jag vill ha egna pengar och slippa be om lov.", "sv", "أريد أن يكون لي مالي الخاص وألا أستأذن أحدًا."},
	{"Jag vill veta vad jag klarar innan jag lovar något.", "sv", "أريد أن أعرف ما أقدر عليه قبل أن أعد بشيء."},
	{"Jag vill tillbaka till bygget, men inte på tak.", "sv", "أريد أن أعود إلى أعمال البناء، لكن ليس فوق الأسطح."},
	{"أريد أن أعمل في الطبخ من جديد.", "ar", "Jag vill arbeta med mat igen."},
	{"أريد أن أتعلم السويدية وأنا أعمل.", "ar", "Jag vill lära mig svenska medan jag arbetar."},
	{"I want to use my training as an electrician.", "en", "Jag vill använda min utbildning som elektriker."},
	{"Waxaan rabaa inaan barto Iswiidhishka oo aan shaqo helo.", "so", "Jag vill lära mig svenska och få ett arbete."},
}

// measures are what has been tried with people and by whom, what each is meant to lead to, and how it went, about the measure.
var measures = []struct{ by, what, why, next, went string }{
	{org.KindMunicipality, "Prova-på storkök, åtta gånger", "Att känna på köket utan att lova något.", "En vecka på prov.", "Åtta gånger räckte. Vi borde ha bokat veckan på prov direkt efteråt."},
	{org.KindMunicipality, "Språkcafé på onsdagar", "Att våga prata svenska först med andra som övar.", "Läkarbesök på egen hand.", "Samtalen gav mer än läxorna. En gång i veckan var för glest."},
	{org.KindMunicipality, "Praktik på återbruket", "Händerna vet redan hur.", "Samtal med arbetsledaren om timmar.", "Arbetsledaren hade tid att visa. Vi frågade om timmar för sent."},
	{org.KindMunicipality, "Studiebesök på vuxenutbildningen", "Se lokalerna innan ansökan.", "Ansökan till hösten.", "Besöket svarade på frågorna. Ansökan blev liggande hos oss."},
	{org.KindRegion, "Promenadgrupp två förmiddagar", "Få dagarna att börja.", "Öka till fyra förmiddagar.", "Tiden passade. Gruppen var för stor i början."},
	{org.KindEmployment, "Truckkort", "Lagret söker och det är nära hem.", "Söka tre tjänster tillsammans.", "Kursen gick som planerat. Ingen sökte tjänsterna tillsammans efteråt."},
	{org.KindMunicipality, "Samtal om arbetsförmåga", "", "", ""},
	{org.KindEmployment, "Jobbsökarkurs", "", "", "Kursen ledde inte vidare. Den hörde inte till något mål."},
}

// tasks are small things to be done, and the same in Arabic.
var tasks = []struct{ words, arabic string }{
	{"Ringa vårdcentralen", "الاتصال بالمركز الصحي"},
	{"Fylla i ansökan om praktik", "تعبئة طلب التدريب العملي"},
	{"Välja dagar i veckan", "اختيار أيام الأسبوع"},
	{"Prata med handläggaren om intyget", "التحدث مع المسؤول عن الشهادة الطبية"},
	{"Ta bussen hit en gång på prov", "ركوب الحافلة إلى هنا مرة للتجربة"},
	{"Skriva några rader om vad jag kan", "كتابة بضعة أسطر عمّا أُجيده"},
	{"Fråga om barnomsorg på eftermiddagen", "السؤال عن رعاية الأطفال بعد الظهر"},
	{"Ringa Café Bryggan", "الاتصال بمقهى Café Bryggan"},
}

// wishes are what people wrote or said when they came.
var wishes = list("Vill köra lastbil. Har svårt med stora grupper.", "Vill lära mig svenska på riktigt.", "Vill ha något att gå till.", "Vill inte bli skickad runt en gång till.",
	"Vill arbeta med djur.", "Vill börja lugnt.", "Vill läsa till barnskötare.", "Vill ha hjälp att våga ringa.", "")

// needs are what has to be so for somebody to come at all.
var needs = list("", "", "", "", "", "Liten grupp, nära dörren", "Börja efter klockan tio", "Hörslinga", "Barnomsorg klar 09.15", "Paus varje halvtimme", "Ledsagare", "Hiss")

var streets = list("Slussgatan", "Hamngatan", "Kvarnvägen", "Björkstigen", "Storgatan", "Tegelbruksvägen", "Ljungvägen", "Kanalgatan")

// views are what people said when they left.
var views = list("Jag fick ta det i min takt.", "Det bästa var att Lena ringde när det var tyst.", "Gruppen var för stor i början men det ordnade sig.", "Jag visste vad som skulle hända härnäst.",
	"Jag hade velat börja praktiken tidigare.", "Jag vågar prata i telefon nu.")
