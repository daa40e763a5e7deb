package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"sluss/internal/id"
	"sluss/internal/oidc"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type agencyCmd struct {
	OIDC agencyOIDCCmd `cmd:"" name:"oidc" help:"Check the file that tells by which OpenID provider each agency's staff sign in, and people with an e-identification, and ask each provider."`
}

type agencyOIDCCmd struct {
	File   string `arg:"" help:"The file, as in docs/runbooks/sign-in-by-agency.md." type:"existingfile"`
	Origin string `default:"http://localhost:8080" env:"SLUSS_ORIGIN" help:"The address that browsers use."`
}

// Help gives the example.
func (agencyOIDCCmd) Help() string {
	return "Prints the redirect address that each agency, or broker, registers.\n\nExample: sluss agency oidc oidc.toml --origin https://sluss.example.se"
}

// providerRow is a provider as the command answers with it.
type providerRow struct {
	Agency   string `json:"agency"`
	Issuer   string `json:"issuer"`
	Redirect string `json:"redirect"`
	Answers  bool   `json:"answers"`
}

func (r providerRow) String() string {
	answers := "answers"
	if !r.Answers {
		answers = "does not answer"
	}
	return strings.Join([]string{r.Agency, r.Issuer, r.Redirect, answers}, "\t")
}

// Run reads the file and asks each provider what it tells of itself.
func (c agencyOIDCCmd) Run(g *globals) error {
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	list, eids, err := h.providers(g, c.File, c.Origin)
	if err != nil {
		return err
	}
	for _, e := range eids {
		list = append(list, signin.Provider{Name: e.Name, Provider: e.Provider})
	}
	down := false
	for _, p := range list {
		_, _, err := p.Ask(g.ctx)
		row := providerRow{p.Name, p.Issuer, p.Redirect, err == nil}
		if err != nil {
			fmt.Fprintf(os.Stderr, "sluss: %s: %v\n", p.Issuer, err)
			down = true
		}
		if err := g.tell(row, row.String()); err != nil {
			return err
		}
	}
	if down {
		return errWrong
	}
	return nil
}

// oidcFile tells by which provider the staff of each agency sign in, and by which brokers people do with an e-identification.
type oidcFile struct {
	Provider []struct {
		oidcClient
		Agency string // its name
		Org    string `toml:"org_number"` // the agency's, where one provider serves several
	}
	Person []struct {
		oidcClient
		Name string // as people know it: BankID
	}
}

// oidcClient is as whom a provider is asked, and what it must show.
type oidcClient struct {
	Area     string   // the municipality's code, when there are several areas
	Issuer   string   // the provider's address
	ClientID string   `toml:"client_id"`
	Secret   string   `toml:"secret_file"` // a file that only its owner can read
	ACR      []string // levels, one of which is demanded
	AMR      []string // ways, one of which is demanded
}

func (f oidcClient) config(back string) (c oidc.Config, err error) {
	c = oidc.Config{Issuer: strings.TrimSuffix(f.Issuer, "/"), ClientID: f.ClientID, ACR: f.ACR, AMR: f.AMR, Redirect: back}
	if f.Secret != "" {
		secret, err := vault.ReadSecret(f.Secret)
		if err != nil {
			return c, err
		}
		c.Secret = strings.TrimSpace(string(secret))
	}
	return c, c.Check()
}

// providers reads the file of providers; none without a file. No provider is asked: one that is down keeps nothing from
// starting.
func (h *house) providers(g *globals, path, origin string) (list []signin.Provider, eids []signin.EID, err error) {
	if path == "" {
		return nil, nil, nil
	}
	var file oidcFile
	meta, err := toml.DecodeFile(path, &file)
	if err != nil {
		return nil, nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, nil, fmt.Errorf("%s: %s is no setting", path, unknown[0])
	}
	origin = strings.TrimSuffix(origin, "/")
	for _, f := range file.Provider {
		area, agency, err := h.agency(g, f.Area, f.Agency)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		c, err := f.config(origin + signin.AgencyBack)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		c.Org = f.Org
		list = append(list, signin.Provider{Area: area.ID, Agency: agency.ID, Name: agency.Name, Provider: oidc.New(c, h.clock)})
	}
	for _, f := range file.Person {
		e := signin.EID{Way: wayOf(f.Name), Name: f.Name}
		if e.Way == "" || slices.ContainsFunc(eids, func(x signin.EID) bool { return x.Way == e.Way }) {
			return nil, nil, fmt.Errorf("%s: an e-identification needs a name of its own, and %q is none", path, f.Name)
		}
		if e.Area, err = h.area(f.Area); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		c, err := f.config(origin + signin.OwnBack)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		c.Number = true
		e.Provider = oidc.New(c, h.clock)
		eids = append(eids, e)
	}
	return list, eids, nil
}

// wayOf is a name as it stands in an address.
func wayOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// area finds an area by its municipality's code, or the only one.
func (h *house) area(code string) (id.Area, error) {
	if code == "" && len(h.areas) == 1 {
		return h.areas[0].ID, nil
	}
	for _, a := range h.areas {
		if a.Municipality == code {
			return a.ID, nil
		}
	}
	return 0, fmt.Errorf("there is no area %q", code)
}

// agency finds a live agency by its name.
func (h *house) agency(g *globals, code, name string) (org.Area, org.Agency, error) {
	var names []string
	for _, a := range h.areas {
		if code != "" && a.Municipality != code {
			continue
		}
		var list []org.Agency
		err := h.store.Read(g.ctx, func(tx *store.Tx) (err error) {
			list, err = org.Agencies(g.ctx, tx, a.ID)
			return err
		})
		if err != nil {
			return a, org.Agency{}, err
		}
		for _, x := range list {
			if x.Name == name {
				return a, x, nil
			}
			names = append(names, x.Name)
		}
	}
	return org.Area{}, org.Agency{}, fmt.Errorf("no agency is called %q; there are: %s", name, strings.Join(names, ", "))
}
