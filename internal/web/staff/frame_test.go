package staff

import (
	"testing"

	"sluss/internal/access"
)

func TestTheMenuMarksThePageWhereverItStands(t *testing.T) {
	for _, c := range []struct {
		role       access.Role
		path, want string
	}{
		{access.Coach, practices, operation}, {access.Head, practices + "/ny", operation}, {access.Officer, practices, practices},
		{access.Officer, "/arbete/delat/1", "/arbete/delat"}, {access.Coach, "/arbete", "/arbete"}, {access.Coach, "/arbete/import/1", "/arbete/ko"},
	} {
		got := ""
		for _, i := range current(menuOf(c.role), c.path) {
			if i.Current {
				got += i.Href
			}
		}
		if got != c.want {
			t.Errorf("%s to the role %d marks %q", c.path, c.role, got)
		}
	}
}
