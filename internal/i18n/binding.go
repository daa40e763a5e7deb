package i18n

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed binding.txt
var bindingList string

// binding are the beginnings of keys of what carries consent, rights or my place: what one says yes to and what that means, what may go
// out, by what law, how one appeals, and what does and does not affect one's place. It is said in no language that nobody has reviewed.
var binding = slices.DeleteFunc(strings.Split(bindingList, "\n"), func(line string) bool { return line == "" || line[0] == '#' })

// Binding tells whether the text of the key carries consent, rights or my place.
func Binding(key string) bool {
	return slices.ContainsFunc(binding, func(b string) bool { return strings.HasPrefix(key, b) })
}

// Binds is the language that consent, rights and my place are told in to who reads l: Swedish until a native speaker has read every file of l that tells of them. A
// page tells them within ui.Binding, which says so and offers an interpreter.
func (l *Lang) Binds() *Lang {
	if l.Reviewed || l.bound || l.Spoken() == "sv" {
		return l
	}
	return Get("sv")
}

// Says tells whether the language itself says the text: it has it, and may say it.
func (l *Lang) Says(key string) bool {
	t, ok := l.texts[key]
	return ok && (!t.binds || l.Binds() == l)
}
