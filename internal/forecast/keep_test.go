package forecast

import (
	"fmt"
	"testing"

	"sluss/internal/id"
)

func TestOneGroundIsKeptOfAUnitAndFewInAll(t *testing.T) {
	d := &Desk{}
	lay := func(unit int64, position string) *ground {
		g := &ground{}
		g.unit.ID = id.Unit(unit)
		if _, err := d.keep(t.Context(), fmt.Sprint("ground ", unit, " ", position), func() (any, error) { return g, nil }); err != nil {
			t.Fatal(err)
		}
		return g
	}
	grounds := func() (list []*ground) {
		for _, key := range d.ages {
			if g, ok := d.kept[key].(*ground); ok {
				list = append(list, g)
			}
		}
		return list
	}
	if _, err := d.keep(t.Context(), "see", func() (any, error) { return 1, nil }); err != nil {
		t.Fatal(err)
	}
	lay(1, "before")
	after := lay(1, "after")
	if list := grounds(); len(list) != 1 || list[0] != after {
		t.Errorf("%d grounds of one unit are kept", len(list))
	}
	for unit := range int64(3 * mostGrounds) {
		lay(unit+2, "now")
	}
	if n := len(grounds()); n != mostGrounds {
		t.Errorf("%d grounds are kept", n)
	}
	if len(d.ages) != mostGrounds+1 || len(d.kept) != len(d.ages) {
		t.Errorf("%d keys of %d answers", len(d.ages), len(d.kept))
	}
	if _, ok := d.had("see"); !ok {
		t.Error("an answer went with the grounds")
	}
}
