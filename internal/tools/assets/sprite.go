package main

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sluss/internal/web/asset"
)

var (
	drawing = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	blanks  = regexp.MustCompile(`>\s+<`)
)

// sprite gathers the icons in use into one file of symbols; their stroke comes from the style sheet.
func sprite(names map[string]string) error {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for _, name := range asset.Icons {
		src, err := os.ReadFile("node_modules/lucide-static/icons/" + name + ".svg")
		if err != nil {
			return err
		}
		m := drawing.FindSubmatch(src)
		if m == nil {
			return fmt.Errorf("no drawing in the icon %s", name)
		}
		body := blanks.ReplaceAllString(strings.TrimSpace(string(m[1])), "><")
		fmt.Fprintf(&b, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`, name, body)
	}
	b.WriteString("</svg>\n")
	sum := sha256.Sum256([]byte(b.String()))
	names["icons.svg"] = "icons-" + base32.StdEncoding.EncodeToString(sum[:5]) + ".svg"
	return write(names["icons.svg"], []byte(b.String()))
}

// bundled lists the packages of which something is in the bundle.
var bundled = []string{
	"@digdir/designsystemet-css", "@digdir/designsystemet-theme", "@fontsource/noto-sans-ethiopic", "@fontsource-variable/literata", "@fontsource-variable/noto-naskh-arabic",
	"@fontsource-variable/noto-sans-arabic", "@fontsource-variable/source-sans-3", "lucide-static",
}

// licences gathers the licence texts of the bundled packages.
func licences() error {
	var b strings.Builder
	for _, name := range bundled {
		text, err := os.ReadFile(filepath.Join("node_modules", name, "LICENSE"))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s\n%s\n\n%s\n\n", name, strings.Repeat("-", len(name)), strings.TrimSpace(string(text)))
	}
	return os.WriteFile(filepath.Join(dist, "licences.txt"), []byte(b.String()), 0o644)
}
