// Package demo makes Ekhamra, an invented municipality with the gateways Vuxenslussen and Ungdomsslussen, invented people
// and official test numbers: the one population that tests, demonstrations and pictures share.
package demo

import (
	"context"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Worker is one of the named workers one can sign in as.
type Worker struct {
	Key, Name, Title string
	Role             access.Role
	Unit             string // the unit's name
	Languages        []string
	Phone            string
}

// Workers are those one can sign in as, in the order of the page.
var Workers = []Worker{
	{"lena", "Lena Bergvall", "Coach", access.Coach, "Vuxenslussen", []string{"sv", "en"}, "0300-55 01 24"},
	{"ibrahim", "Ibrahim Nkusi", "Coach", access.Coach, "Vuxenslussen", []string{"sv", "en", "fr"}, "0300-55 01 25"},
	{"samar", "Samar Khalil", "Coach", access.Coach, "Vuxenslussen", []string{"sv", "ar"}, "0300-55 01 26"},
	{"karin", "Karin Ödman", "Samordnare", access.Coordinator, "Vuxenslussen", []string{"sv", "en"}, "0300-55 01 20"},
	{"omar", "Omar Haddad", "Enhetschef", access.Head, "Vuxenslussen", []string{"sv", "ar"}, "0300-55 01 10"},
	{"britt", "Britt Lundin", "Receptionist", access.Reception, "Vuxenslussen", []string{"sv"}, "0300-55 01 00"},
	{"ida", "Ida Nyström", "Samordnare", access.Coordinator, "Ungdomsslussen", []string{"sv", "en"}, "0300-55 02 20"},
	{"petra", "Petra Vallin", "Coach", access.Coach, "Ungdomsslussen", []string{"sv", "so"}, "0300-55 02 24"},
	{"amina", "Amina Rostami", "Handläggare", access.Officer, EmploymentUnit, []string{"sv", "fa"}, "0300-55 07 11"},
	{"erik", "Erik Sjölund", "Handläggare", access.Officer, InsuranceUnit, []string{"sv"}, "0300-55 08 11"},
	{"eva", "Eva Ek", "Socialsekreterare", access.Officer, SupportUnit, []string{"sv"}, "0300-55 03 11"},
}

// The partners' units, and that of those who decide on support.
const (
	EmploymentUnit = "Arbetsförmedlingen i Ekhamra"
	InsuranceUnit  = "Försäkringskassan i Ekhamra"
	SupportUnit    = "Ekonomiskt bistånd"
)

// Place is what the demo made: where everything is.
type Place struct {
	Area     id.Area
	Units    map[string]id.Unit   // by name
	Posts    map[string]id.Post   // by a worker's key
	Agencies map[string]id.Agency // by kind
	Senders  map[string]id.Unit   // units that refer, by name
}

// AreaID is the demo's area in every database.
const AreaID id.Area = 1 << 40

// Make fills an empty database with the area, its units, rooms and workers. A database that holds anything else gives a
// conflict; one that the demo made before is left as it is, and made is false.
func Make(ctx context.Context, d *org.Desk, now clock.Instant) (made bool, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		made = false
		areas, err := org.Areas(ctx, tx)
		if err != nil {
			return err
		}
		if len(areas) == 1 && areas[0].Demo {
			return nil
		}
		if len(areas) > 0 {
			return fault.New(fault.Conflict, "demo.taken")
		}
		made = true
		return fill(ctx, tx, d, now)
	})
	return made, err
}

// demoCode is a code that no municipality has, in the county of Västra Götaland.
const demoCode = "1400"

func fill(ctx context.Context, tx *store.Tx, d *org.Desk, now clock.Instant) error {
	if err := d.CreateArea(ctx, tx, org.Area{ID: AreaID, Municipality: demoCode, Name: "Ekhamra kommun", Demo: true}, now); err != nil {
		return err
	}
	agencies := map[string]id.Agency{}
	for _, a := range []org.Agency{{Kind: org.KindMunicipality, Name: "Ekhamra kommun"}, {Kind: org.KindEmployment, Name: "Arbetsförmedlingen"},
		{Kind: org.KindInsurance, Name: "Försäkringskassan"}, {Kind: org.KindRegion, Name: "Vårdcentralen Ekhamra"}} {
		a.ID = id.NewAgency(now)
		agencies[a.Kind] = a.ID
		if err := org.AddAgency(ctx, tx, AreaID, a); err != nil {
			return err
		}
	}
	units, err := fillUnits(ctx, tx, agencies, now)
	if err != nil {
		return err
	}
	if err := fillSite(ctx, tx, units, now); err != nil {
		return err
	}
	return fillWorkers(ctx, tx, d, units, now)
}

// branches are the municipality's other branches, by the unit that each has: secrecy holds between them and the gateways.
var branches = map[string]org.Zone{
	SupportUnit:         {Branch: "ekonomiskt bistånd", Money: true},
	"LSS-enheten":       {Branch: "LSS"},
	"Vuxenutbildningen": {Branch: "vuxenutbildning"},
}

func fillUnits(ctx context.Context, tx *store.Tx, agencies map[string]id.Agency, now clock.Instant) (map[string]id.Unit, error) {
	units, kommun := map[string]id.Unit{}, agencies[org.KindMunicipality]
	for _, u := range []org.Unit{
		{Kind: org.UnitGateway, Agency: kommun, Name: "Vuxenslussen", Phone: "0300-55 01 00", Street: "Slussgatan 4"},
		{Kind: org.UnitGateway, Agency: kommun, Name: "Ungdomsslussen", Phone: "0300-55 02 00", Street: "Hamngatan 11"},
		{Kind: org.UnitSender, Agency: kommun, Name: SupportUnit, Phone: "0300-55 03 00"},
		{Kind: org.UnitSender, Agency: kommun, Name: "LSS-enheten", Phone: "0300-55 04 00"},
		{Kind: org.UnitSender, Agency: kommun, Name: "Vuxenutbildningen", Phone: "0300-55 05 00"},
		{Kind: org.UnitSender, Agency: agencies[org.KindEmployment], Name: EmploymentUnit, Phone: "0300-55 07 00"},
		{Kind: org.UnitSender, Agency: agencies[org.KindInsurance], Name: InsuranceUnit, Phone: "0300-55 08 00"},
	} {
		if z, ok := branches[u.Name]; ok {
			z.ID, z.Agency = access.NewZone(now), kommun
			if err := org.AddZone(ctx, tx, AreaID, z); err != nil {
				return nil, err
			}
			u.Zone = z.ID
		}
		u.ID = id.NewUnit(now)
		units[u.Name] = u.ID
		if err := org.AddUnit(ctx, tx, AreaID, u); err != nil {
			return nil, err
		}
	}
	for _, r := range []struct {
		unit, name, features string
		seats                int
		has                  []string
	}{{"Vuxenslussen", "Sal Slussporten", "bred dörr", 20, []string{"stepfree", "loop", "screen"}},
		{"Vuxenslussen", "Rum 4", "nära utgången", 4, []string{"stepfree", "quiet"}},
		{"Vuxenslussen", "Rum 5", "", 4, []string{"screen", "interpreter"}}, {"Vuxenslussen", "Sal Bryggan", "", 12, []string{"stepfree", "kitchen"}},
		{"Vuxenslussen", "Datasalen", "", 10, []string{"stepfree", "computers", "screen"}},
		{"Vuxenslussen", "Fyren", "mjuka stolar, dämpat ljus", 10, []string{"stepfree", "quiet"}},
		{"Ungdomsslussen", "Kajutan", "soffor", 14, nil}, {"Ungdomsslussen", "Hytten", "", 3, []string{"quiet"}}} {
		if err := org.AddRoom(ctx, tx, AreaID, units[r.unit], org.Room{ID: int64(id.NewUnit(now)), Name: r.name, Seats: r.seats, Features: r.features, Has: r.has}); err != nil {
			return nil, err
		}
	}
	return units, nil
}

func fillWorkers(ctx context.Context, tx *store.Tx, d *org.Desk, units map[string]id.Unit, now clock.Instant) error {
	for i, w := range Workers {
		worker := id.NewWorker(now)
		if err := d.AddWorker(ctx, tx, AreaID, worker, w.Name, w.Key+"@ekhamra.example", ""); err != nil {
			return err
		}
		from := now.Date().Add(-3 * 365)
		post := org.Post{ID: id.Post(id.NewPost(now)), Worker: worker, Unit: units[w.Unit], Role: w.Role, Title: w.Title, Phone: w.Phone, Languages: w.Languages, From: from}
		if err := org.AddPost(ctx, tx, AreaID, post); err != nil {
			return fmt.Errorf("worker %d: %w", i, err)
		}
	}
	return nil
}

// Find tells where everything the demo made is.
func Find(ctx context.Context, tx *store.Tx, now clock.Instant) (Place, error) {
	p := Place{Area: AreaID, Units: map[string]id.Unit{}, Posts: map[string]id.Post{}, Agencies: map[string]id.Agency{}, Senders: map[string]id.Unit{}}
	units, err := org.Units(ctx, tx, AreaID)
	if err != nil {
		return p, err
	}
	for _, u := range units {
		if u.Kind == org.UnitGateway {
			p.Units[u.Name] = u.ID
		} else {
			p.Senders[u.Name] = u.ID
		}
	}
	agencies, err := org.Agencies(ctx, tx, AreaID)
	if err != nil {
		return p, err
	}
	for _, a := range agencies {
		p.Agencies[a.Kind] = a.ID
	}
	posts, err := org.AllPosts(ctx, tx, AreaID, now)
	if err != nil {
		return p, err
	}
	for _, w := range Workers {
		for _, o := range posts {
			if o.Name == w.Name && (o.Unit == p.Units[w.Unit] || o.Unit == p.Senders[w.Unit]) { // one may have a post elsewhere too
				p.Posts[w.Key] = o.ID
			}
		}
	}
	return p, nil
}

// KeyFile is where the demo keeps its keys: beside the database.
func KeyFile(dsn string) string { return dsn + ".key" }

// Keys opens the demo's key files, made the first time.
func Keys(path string) (*vault.Vault, error) {
	protected := vault.ProtectedBeside(path)
	for _, file := range []string{path, protected} {
		if err := vault.Create(file); err != nil && !vault.Exists(err) {
			return nil, err
		}
	}
	return vault.Open(path, protected)
}
