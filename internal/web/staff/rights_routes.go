package staff

import (
	"sluss/internal/access"
	"sluss/internal/web"
)

// rightsRoutes are those of what closes a record or opens it beside the units.
func (p *Pages) rightsRoutes() []web.Route {
	read, decide := access.Read, access.Decide
	return []web.Route{
		{Method: "GET", Pattern: "/arbete/person/{person}/jav", Needs: web.OnePerson(access.Identity, read).Partners(), Handle: p.getConflict},
		{Method: "POST", Pattern: "/arbete/person/{person}/jav", Needs: web.OnePerson(access.Identity, read).Partners(), Handle: p.postConflict},
		{Method: "POST", Pattern: "/arbete/person/{person}/jav/kollega", Needs: web.OnePerson(access.Identity, read, decide), Handle: p.postConflictSet},
		{Method: "POST", Pattern: "/arbete/person/{person}/jav/avsluta", Needs: web.OnePerson(access.Identity, decide), Handle: p.postConflictEnd},
		{Method: "GET", Pattern: "/arbete/person/{person}/lag", Needs: web.OnePerson(lawfulNeed, read), Handle: p.getLawful},
		{Method: "POST", Pattern: "/arbete/person/{person}/lag", Needs: web.OnePerson(lawfulNeed, read, decide), Handle: p.postLawful},
		{Method: "POST", Pattern: "/arbete/person/{person}/lag/avsluta", Needs: web.OnePerson(lawfulNeed, decide), Handle: p.postLawfulEnd},
		{Method: "GET", Pattern: "/arbete/person/{person}/akter", Needs: web.OnePerson(access.Identity, read), Handle: p.getMerge},
		{Method: "POST", Pattern: "/arbete/person/{person}/akter", Needs: web.OnePerson(access.Identity, read), Handle: p.postMergeSeek},
		{Method: "POST", Pattern: "/arbete/person/{person}/akter/ihop", Needs: web.OnePerson(access.Identity, decide), Handle: p.postMerge},
		{Method: "POST", Pattern: "/arbete/person/{person}/akter/isar", Needs: web.OnePerson(access.Identity, decide), Handle: p.postPart},
		{Method: "POST", Pattern: "/arbete/ko/jav", Needs: web.ManyPeople(access.Identity, read), Handle: p.postConflictQueue},
	}
}
