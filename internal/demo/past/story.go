package past

import (
	"context"

	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/story"
)

// tales are what some of the demo's participants tell others; the last has not been read by an editor.
var tales = []story.Form{
	{Name: "Sara, 41 år", Lang: "sv", Words: "Jag satt hemma i fyra år och svarade inte i telefon. Första gången jag kom hit gick jag igen efter tio minuter. Ingen sa något om det.\n\nNu lagar jag mat för trettio personer varje tisdag. Jag vet vem jag ringer när det är tungt."},
	{Name: "N.", Lang: "ar", Words: "كنت أظن أن أحدًا لن يحتاج إليّ. جربت العمل في المطبخ أربعة أسابيع، وأنا اليوم أدرس لأصبح طباخة."},
	{Lang: "sv", Words: "Jag fick säga nej tre gånger innan jag sa ja. Det var därför jag vågade."},
}

// stories lets a few participants tell of their way; all but the last can be read by everybody.
func (p *player) stories(ctx context.Context) error {
	who, err := p.active(ctx, p.coaches[0])
	if err != nil {
		return err
	}
	for i, f := range tales[:min(len(tales), len(who))] {
		if err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
			return day{p, tx, p.Until.Date()}.tale(ctx, who[i], f, i < len(tales)-1)
		}); err != nil {
			return err
		}
	}
	return nil
}

func (d day) tale(ctx context.Context, who id.Person, f story.Form, show bool) error {
	coach, err := d.as(ctx, d.coaches[0])
	if err != nil {
		return err
	}
	desk := &story.Desk{Store: d.db()}
	if err := desk.Write(ctx, coach, who, f); err != nil {
		return err
	}
	if err := desk.Agree(ctx, coach, who, 1); err != nil || !show {
		return err
	}
	karin, err := d.as(ctx, "karin")
	if err != nil {
		return err
	}
	return desk.Show(ctx, karin, who, 2)
}
