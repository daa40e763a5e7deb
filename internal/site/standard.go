package site

import (
	"strconv"

	"sluss/internal/i18n"
)

// Standard gives the words that the product comes with for a field.
func Standard(l *i18n.Lang, f Field) (list []Block) {
	sv := i18n.Get("sv")
	for n := 1; ; n++ {
		key := "public." + string(f) + "." + strconv.Itoa(n)
		var b Block
		if sv.Has(key + ".head") {
			b.Head = l.T(key + ".head")
		}
		if sv.Has(key + ".body") {
			b.Body = l.T(key + ".body")
			if l.Binds() != l && i18n.Binding(key+".body") {
				b.Lang = l.Binds().Tag
			}
		}
		if b == (Block{}) {
			return list
		}
		list = append(list, b)
	}
}
