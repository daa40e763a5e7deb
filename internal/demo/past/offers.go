package past

import "sluss/internal/activity"

// offers are the activities of Vuxenslussen.
var offers = []offer{
	{Type: activity.Type{Existed: true, Together: 2, Size: 10, Needs: []string{"stepfree"}, Access: []string{"interpreter"}, Languages: []string{"sv", "ar"},
		Words: words(
			activity.Words{Name: "Samtalscirkeln", Purpose: "Att våga tala svenska och lära känna andra.", Content: "Vi pratar om ett ämne i taget och fikar.", Leads: "Sfi, praktik eller en egen idé om nästa steg."},
			activity.Words{Name: "Conversation circle", Purpose: "To dare to speak Swedish and get to know others."},
			activity.Words{Name: "حلقة الحوار", Purpose: "للتجرؤ على التحدث بالسويدية والتعرف على آخرين."})},
		begun: "Den gick redan på det gamla medborgarkontoret.", standing: []stood{{20, activity.Runs, "Många vill komma, och den går att kliva in i varje vecka."}}},
	{Type: activity.Type{Together: 2, Size: 8, Needs: []string{"computers"}, Access: []string{"small"}, Languages: []string{"sv", "en"},
		Words: words(
			activity.Words{Name: "Jobbsök tillsammans", Purpose: "Att hitta arbetsgivare som passar, och söka på sitt sätt.", Content: "Vi letar, ringer, skriver och övar på att träffa en arbetsgivare.", Leads: "Anställning eller praktik."},
			activity.Words{Name: "Looking for work together", Purpose: "To find employers that suit, and apply in one's own way."},
			activity.Words{Name: "البحث عن عمل معا", Purpose: "للعثور على أصحاب عمل مناسبين والتقدم بطريقتك."})},
		method: "Supported Employment", begun: "Flera har mål om arbete men söker ensamma.",
		standing: []stood{{19, activity.Can, "Tre är utbildade."}, {18, activity.Runs, "Vi börjar med en grupp på åtta."}}},
	{Type: activity.Type{Together: 1, Size: 20, Caseload: 10, Access: []string{"small"}, Languages: []string{"sv", "en"},
		Words: words(
			activity.Words{Name: "Stöd hela vägen till arbete", Purpose: "Att hitta, få och behålla ett arbete med någon vid sin sida.", Content: "En handledare möter var och en och arbetsgivaren. En timme i veckan träffas alla.", Leads: "Anställning."},
			activity.Words{Name: "Support all the way to work", Purpose: "To find, get and keep a job with somebody at one's side."},
			activity.Words{Name: "دعم طوال الطريق إلى العمل", Purpose: "للعثور على عمل والحصول عليه والاحتفاظ به مع شخص إلى جانبك."})},
		method: "Supported Employment", begun: "Några vill arbeta men behöver mer stöd än vi kan ge i grupp.",
		standing: []stood{{18, activity.Can, "Tre är utbildade."}, {17, activity.Runs, "En handledare med tio platser. Två till är utbildade."}}},
	{Type: activity.Type{Existed: true, Together: 1, Size: 10, Needs: []string{"computers"}, Access: []string{"remote"}, Languages: []string{"sv"},
		Words: words(
			activity.Words{Name: "Digital vardag", Purpose: "Att klara BankID, e-post och kommunens sidor på egen hand.", Content: "Var och en tar med det den vill få gjort.", Leads: "Att kunna söka arbete, studier och vård digitalt."},
			activity.Words{Name: "Everyday digital", Purpose: "To manage BankID, e-mail and the municipality's pages by oneself."},
			activity.Words{Name: "الحياة الرقمية اليومية", Purpose: "لاستخدام BankID والبريد الإلكتروني وصفحات البلدية بنفسك."})},
		begun: "Biblioteket höll i den förut.", standing: []stood{{18, activity.Runs, "Vi tar över den från biblioteket."}}},
	{Type: activity.Type{Existed: true, Together: 2, Size: 8, Needs: []string{"kitchen"}, Access: []string{"small"}, Languages: []string{"sv"},
		Words: words(
			activity.Words{Name: "Köket", Purpose: "Att laga mat ihop, hålla tider och dela på arbetet.", Content: "Vi planerar, handlar, lagar och äter lunch.", Leads: "Praktik i kök eller butik."},
			activity.Words{Name: "The kitchen", Purpose: "To cook together, keep times and share the work."},
			activity.Words{Name: "المطبخ", Purpose: "للطبخ معا والالتزام بالمواعيد وتقاسم العمل."})},
		begun: "Den har funnits länge.", standing: []stood{{17, activity.Runs, "Köket på Bryggan är klart."}}},
	{Type: activity.Type{Together: 2, Size: 6, Needs: []string{"quiet"}, Access: []string{"small", "quiet", "lowstimulus"}, Languages: []string{"sv", "ar"},
		Words: words(
			activity.Words{Name: "Må bra i vardagen", Purpose: "Att sova, röra sig och orka lite mer.", Content: "Korta pass om sömn, oro och rörelse, i lugn takt.", Leads: "Att orka mer av det man vill."},
			activity.Words{Name: "Feeling well day by day", Purpose: "To sleep, move and manage a little more."},
			activity.Words{Name: "العافية في الحياة اليومية", Purpose: "للنوم والحركة والقدرة على المزيد قليلا."})},
		method: "Hälsoskola", begun: "Många säger att orken tar slut först.",
		standing: []stood{{14, activity.Can, "Två är utbildade."}, {13, activity.Runs, "Vi provar med sex platser."}}},
	{Type: activity.Type{Together: 2, Size: 10, Needs: []string{"quiet"}, Access: []string{"small", "quiet"}, Languages: []string{"sv"},
		Words: words(
			activity.Words{Name: "Svenska med suggestopedi", Purpose: "Att lära svenska med musik, rörelse och berättelser.", Content: "Suggestopedisk språkinlärning i liten grupp.", Leads: "Sfi på en högre kurs."},
			activity.Words{Name: "Swedish by suggestopedia", Purpose: "To learn Swedish with music, movement and stories."},
			activity.Words{Name: "السويدية بالإيحاء", Purpose: "لتعلم السويدية بالموسيقى والحركة والقصص."})},
		method: "Suggestopedi", begun: "Några har läst sfi länge utan att komma vidare.",
		standing: []stood{{12, activity.Rests, "En är utbildad, och vi vill inte att någon står ensam."}}},
	{Type: activity.Type{Existed: true, Together: 2, Size: 8, Needs: []string{"stepfree"}, Access: []string{"small", "lowstimulus"}, Languages: []string{"sv"},
		Words: words(
			activity.Words{Name: "Grön Kvist", Purpose: "Att vara ute och göra något med händerna i sin egen takt.", Content: "Odling och skötsel, ute när det går.", Leads: "Arbetsträning utomhus."},
			activity.Words{Name: "Grön Kvist", Purpose: "To be outdoors and do something with one's hands, at one's own pace."},
			activity.Words{Name: "Grön Kvist", Purpose: "للتواجد في الخارج والعمل باليدين بالوتيرة التي تناسبك."})},
		method: "Grön Kvist", begun: "Den fanns i tre år före slussen.",
		standing: []stood{{15, activity.Runs, "Den går som förut."}, {6, activity.Rests, "Den som ledde har slutat, och ingen annan är utbildad."}}},
	{Type: activity.Type{Together: 1, Size: 6, Access: []string{"small", "quiet"}, Languages: []string{"sv"},
		Words: words(
			activity.Words{Name: "Läs och skriv i egen takt", Purpose: "Att läsa och skriva det man själv behöver.", Content: "Egna texter, brev och blanketter.", Leads: "Kurs på vuxenutbildningen."},
			activity.Words{Name: "Reading and writing at your own pace", Purpose: "To read and write what one needs oneself."},
			activity.Words{Name: "القراءة والكتابة بوتيرتك", Purpose: "لقراءة وكتابة ما تحتاج إليه."})},
		begun: "Flera ber om hjälp med blanketter.", standing: []stood{{8, activity.Can, "Vi kan, men inte mer än fem aktiviteter åt gången."}}},
	{Type: activity.Type{Together: 2, Size: 6, Needs: []string{"workshop"}, Languages: []string{"sv"},
		Words: words(
			activity.Words{Name: "Verkstaden", Purpose: "Att prova hantverk innan en praktik.", Content: "Snickeri och reparationer.", Leads: "Praktik på återbruket."},
			activity.Words{Name: "The workshop", Purpose: "To try a craft before a work placement."},
			activity.Words{Name: "الورشة", Purpose: "لتجربة حرفة قبل التدريب العملي."})},
		begun: "Återbruket har frågat om vi vill dela lokal."},
}
