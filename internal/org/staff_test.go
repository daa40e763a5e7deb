package org_test

import (
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/org"
)

func TestEveryRoleHasANameInEveryLanguage(t *testing.T) {
	for _, l := range i18n.All() {
		for _, name := range org.Roles {
			if name != "" && !l.Has("role."+name) {
				t.Errorf("%s: no name for the role %s", l.Tag, name)
			}
		}
	}
}
