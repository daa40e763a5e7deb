package reading

import (
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/i18n"
	"sluss/internal/org"
)

// Who says who read, as the person may know it: the name, or the role where the name is not shown.
func (l Line) Who(t *i18n.Lang) string {
	switch {
	case l.Self():
		return t.T("reading.self")
	case l.Name != "":
		return t.Apart(l.Name)
	default:
		return roleOf(t, l.Role)
	}
}

// Where says in which role and at which unit.
func (l Line) Where(t *i18n.Lang) string {
	switch {
	case l.Self():
		return ""
	case l.Link != 0:
		return t.T("reading.trusted")
	case l.Name != "":
		return t.List(roleOf(t, l.Role), l.Unit)
	default:
		return t.Apart(l.Unit)
	}
}

func roleOf(t *i18n.Lang, r access.Role) string {
	if r < access.Coach || int(r) >= len(org.Roles) {
		return t.T("reading.role.other")
	}
	return t.T("role." + org.Roles[r])
}

// Times says when.
func (a Act) Times(t *i18n.Lang) string {
	list := make([]string, 0, len(a.At))
	for i := len(a.At) - 1; i >= 0; i-- {
		if s := t.Time(a.At[i].LocalTime()); len(list) == 0 || list[len(list)-1] != s {
			list = append(list, s)
		}
	}
	return strings.Join(list, t.T("date.comma")+" ")
}

// What says what was done with which kinds of information.
func (a Act) What(t *i18n.Lang) string {
	if a.List {
		return t.T("reading.did.list", kinds(t, a.Categories))
	}
	return t.T("reading.did."+strconv.Itoa(int(a.Action)), kinds(t, a.Categories))
}

// kinds names kinds of information, in the order of the code list.
func kinds(t *i18n.Lang, c access.Category) string {
	if c == access.Everything {
		return t.T("reading.kind.all")
	}
	var list []string
	for _, name := range strings.Split(c.String(), "+") {
		list = append(list, t.T("reading.kind."+name))
	}
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], t.T("date.comma")+" ") + " " + t.T("reading.and", list[n-1])
	}
	return strings.Join(list, "")
}

// Why says for what purpose.
func (a Act) Why(t *i18n.Lang) string {
	return coded(t, "reading.purpose.", int(a.Purpose))
}

// Right says by what right, in a few words.
func (a Act) Right(t *i18n.Lang) string { return coded(t, "reading.ground.", int(a.Ground)) }

// coded is the text of a code, or one that says that there is none yet.
func coded(t *i18n.Lang, start string, n int) string {
	if key := start + strconv.Itoa(n); t.Has(key) {
		return t.T(key)
	}
	return t.T(start + "0")
}

// Lede says who has read the last days.
func (r Recent) Lede(t *i18n.Lang) string {
	switch {
	case r.People == 0:
		return t.T("reading.recent.none", RecentDays)
	case len(r.Units) == 1:
		return t.T("reading.recent.unit", r.People, RecentDays, r.Units[0].Unit)
	default:
		return t.T("reading.recent.units", r.People, RecentDays, t.T("reading.recent.in", len(r.Units)))
	}
}
