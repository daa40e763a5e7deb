package demo

import (
	"context"
	"embed"
	"path"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/site"
	"sluss/internal/store"
)

// words are what the gateways of the demo say in words of their own: a folder a gateway, a file a text, as field.lang.
//
//go:embed words
var words embed.FS

// fillSite gives the gateways what they say to everybody.
func fillSite(ctx context.Context, tx *store.Tx, units map[string]id.Unit, now clock.Instant) error {
	for folder, unit := range map[string]id.Unit{"vuxenslussen": units["Vuxenslussen"], "ungdomsslussen": units["Ungdomsslussen"]} {
		files, err := words.ReadDir(path.Join("words", folder))
		if err != nil {
			return err
		}
		for _, f := range files {
			text, err := words.ReadFile(path.Join("words", folder, f.Name()))
			if err != nil {
				return err
			}
			field, lang, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".txt"), ".")
			if err := site.Put(ctx, tx, AreaID, unit, site.Text{Field: site.Field(field), Lang: lang, No: 1, Words: strings.TrimSpace(string(text)), At: now}); err != nil {
				return err
			}
		}
	}
	return nil
}
