package course

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Catalogue gives every occupation with its forecast for the county, or for the whole country where the county has none, as the unit
// tells of it; the shortest of people first. It is about nobody.
func Catalogue(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, county string) ([]Listed, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT o.occupation_id, o.ssyk, o.ssyk_name, o.name, o.field, o.about,
	  coalesce(f.county, n.county, ''), coalesce(f.situation, n.situation, ''), coalesce(f.chances, n.chances, ''), coalesce(f.situation_text, n.situation_text, ''),
	  coalesce(f.chances_text, n.chances_text, ''), coalesce(f.edition, n.edition, ''), coalesce(w.words, ''), coalesce(w.version, 0),
	  (SELECT count(*) FROM course_way x JOIN course c ON c.area_id = x.area_id AND c.course_id = x.course_id AND c.ended = 0
	    WHERE x.area_id = $1 AND x.unit_id = $2 AND x.occupation_id = o.occupation_id)
	 FROM occupation o
	 LEFT JOIN occupation_forecast f ON f.occupation_id = o.occupation_id AND f.county = $3
	 LEFT JOIN occupation_forecast n ON n.occupation_id = o.occupation_id AND n.county = '00'
	 LEFT JOIN occupation_words w ON w.area_id = $1 AND w.unit_id = $2 AND w.occupation_id = o.occupation_id
	 ORDER BY o.name, o.occupation_id`), []any{area, unit, county}, scanListed)
	slices.SortStableFunc(list, func(a, b Listed) int {
		return cmp.Compare(slices.Index(Situations, a.Situation), slices.Index(Situations, b.Situation))
	})
	return list, err
}

func scanListed(r *store.Cursor) (o Listed, err error) {
	var key, words string
	err = r.Scan(&key, &o.SSYK, &o.SSYKName, &o.Name, &o.Field, &o.About, &o.County, &o.Situation, &o.Chances, &o.Recruiting, &o.Prospects, &o.Edition, &words, &o.Version, &o.Ways)
	o.ID, o.Forecast.Occupation = OccupationID(key), OccupationID(key)
	if err == nil && words != "" {
		err = json.Unmarshal([]byte(words), &o.Own)
	}
	return o, err
}

// Leading gives the occupations that a course of the unit leads to.
func Leading(list []Listed) []Listed {
	return slices.DeleteFunc(slices.Clone(list), func(o Listed) bool { return o.Ways == 0 })
}

// One gives an occupation of the catalogue. Missing when there is none.
func One(list []Listed, key string) (Listed, error) {
	i := slices.IndexFunc(list, func(o Listed) bool { return string(o.ID) == key })
	if i < 0 {
		return Listed{}, fault.Missing
	}
	return list[i], nil
}

// CoursesOf gives the unit's courses, also those that are shown no more, in the order they were written.
func CoursesOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) ([]Course, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT course_id, kind, title, giver, place, length, starts, level, leads, cost, weeks, days, free, link, ended, words, version
	 FROM course WHERE area_id = $1 AND unit_id = $2 ORDER BY course_id`), []any{area, unit}, scanCourse)
	if err != nil || len(list) == 0 {
		return list, err
	}
	type way struct {
		course ID
		to     OccupationID
	}
	ways, err := store.All(ctx, tx, store.Q(`SELECT course_id, occupation_id FROM course_way WHERE area_id = $1 AND unit_id = $2 ORDER BY occupation_id`), []any{area, unit},
		func(r *store.Cursor) (w way, err error) {
			var key string
			err = r.Scan(&w.course, &key)
			w.to = OccupationID(key)
			return w, err
		})
	for _, w := range ways {
		if i := slices.IndexFunc(list, func(c Course) bool { return c.ID == w.course }); i >= 0 {
			list[i].Ways = append(list[i].Ways, w.to)
		}
	}
	return list, err
}

func scanCourse(r *store.Cursor) (c Course, err error) {
	var free, ended int
	var others string
	err = r.Scan(&c.ID, &c.Kind, &c.Title, &c.Giver, &c.Place, &c.Length, &c.Starts, &c.Level, &c.Leads, &c.Cost, &c.Weeks, &c.Days, &free, &c.Link, &ended, &others, &c.Version)
	c.Free, c.Ended = free == 1, ended == 1
	if err == nil {
		err = json.Unmarshal([]byte(others), &c.Others)
	}
	return c, err
}

// Offered gives a course of the unit that is shown; ok is false for any other.
func Offered(list []Course, key string) (c Course, ok bool) {
	i := slices.IndexFunc(list, func(c Course) bool { return !c.Ended && c.ID.String() == key })
	if i < 0 {
		return c, false
	}
	return list[i], true
}

// Ahead gives the courses that are shown and lead somewhere, those to try first.
func Ahead(list []Course) []Course {
	list = slices.DeleteFunc(slices.Clone(list), func(c Course) bool { return c.Ended || len(c.Ways) == 0 })
	slices.SortStableFunc(list, func(a, b Course) int { return cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)) })
	return list
}

// To gives the courses that are shown and lead to the occupation.
func To(list []Course, o OccupationID) []Course {
	return slices.DeleteFunc(slices.Clone(list), func(c Course) bool { return c.Ended || !slices.Contains(c.Ways, o) })
}
