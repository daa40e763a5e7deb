package api

import (
	"mime"
	"net/http"

	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/pnr"
	"sluss/internal/referral"
	"sluss/internal/web"
)

// referralSent is a referral as a system sends it.
type referralSent struct {
	Name        string `json:"name" max:"200" doc:"The person's given and family name"`
	Number      string `json:"personal_number,omitempty" max:"13" doc:"Personal or coordination number, if it is known"`
	Phone       string `json:"phone,omitempty" max:"200" doc:"The person's telephone"`
	Email       string `json:"email,omitempty" max:"200" doc:"The person's e-mail"`
	Language    string `json:"language,omitempty" enum:"language" doc:"The language to talk in; sv when it is left out"`
	Interpreter bool   `json:"interpreter,omitempty" doc:"An interpreter is needed"`
	Kind        string `json:"kind" enum:"kind" doc:"remiss: you ask, together with the person. anvisning: somebody with the right to has demanded it"`
	Reason      string `json:"reason" enum:"reason" doc:"Why, as a code"`
	Why         string `json:"why,omitempty" max:"2000" doc:"Why, in words: no more than the gateway needs"`
	Wish        string `json:"wish,omitempty" max:"2000" doc:"What the person wishes, in their own words"`
	ReplyBy     string `json:"reply_by,omitempty" format:"date" doc:"When you need an answer"`
	By          string `json:"sender" max:"200" doc:"Who refers: a name"`
	ByReach     string `json:"sender_reach" max:"200" doc:"Telephone or e-mail of the one who refers"`
	Knows       bool   `json:"person_knows" doc:"The person knows of the referral; without that it is refused"`
	Protected   bool   `json:"protected_identity" doc:"The person's details are protected; then it is refused, and one telephones the gateway"`
}

// referralTold is what the sender is told.
type referralTold struct {
	ID         string `json:"id" doc:"The id of the referral"`
	Status     string `json:"status" enum:"status" doc:"received: somebody at the gateway sees to it. answered: it has been answered. started: the person has an individual start. redirected: somebody else is right for the person, as they know"`
	Since      string `json:"since" format:"date" doc:"Since when it stands so"`
	ReceivedOn string `json:"received_on" format:"date" doc:"When it was sent"`
	AnsweredOn string `json:"answered_on,omitempty" format:"date" doc:"When it was answered"`
	Answer     string `json:"answer,omitempty" doc:"What was answered in writing"`
}

// enums are the closed lists that fields name.
var enums = map[string][]string{"kind": {string(referral.Remiss), string(referral.Anvisad)}, "reason": referral.Reasons, "language": languages, "status": statuses()}

func statuses() (list []string) {
	for _, s := range application.Statuses {
		list = append(list, string(s))
	}
	return list
}

// fields are what the domain calls the fields that are called otherwise here.
var fields = map[string]string{"by": "sender", "byreach": "sender_reach", "knows": "person_knows", "protected": "protected_identity", "number": "personal_number"}

// longestKey is how long an Idempotency-Key may be.
const longestKey = 100

func (p *Pages) postReferral(r *web.Request) (web.Answer, error) {
	key := r.Header.Get("Idempotency-Key")
	if key == "" || len(key) > longestKey {
		return r.Refuse(http.StatusBadRequest, 0, nil, "system.key", longestKey), nil
	}
	var x referralSent
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" || !decode(r.Said(), &x) {
		return r.Refuse(http.StatusBadRequest, 0, nil, "system.json"), nil
	}
	form := check(x, r.Said())
	if _, err := pnr.Parse(x.Number, r.Actor.Today()); x.Number != "" && err != nil {
		form.Add("personal_number", fault.Of(err).Key, fault.Of(err).Args...)
	}
	if err := form.Err(); err != nil {
		return web.Answer{}, err
	}
	a, on, err := p.Application.Send(r.Context(), r.Actor, application.Sending{Key: key, Body: r.Said(), Protected: x.Protected, Form: x.form()})
	switch {
	case err == application.ErrMostSent:
		return r.Refuse(http.StatusTooManyRequests, 3600, nil, "system.most", application.MostSent), nil
	case fault.Fields(err) != nil:
		return web.Answer{}, renamed(fault.Fields(err))
	case err != nil:
		return web.Answer{}, err
	}
	return web.JSON(http.StatusCreated, referralTold{ID: a.String(), Status: string(application.IsReceived), Since: string(on), ReceivedOn: string(on)})
}

func (x referralSent) form() application.Form {
	if x.Language == "" {
		x.Language = "sv"
	}
	return application.Form{Knows: x.Knows, Words: application.Words{Name: x.Name, Phone: x.Phone, Email: x.Email, Language: x.Language, Interpreter: x.Interpreter,
		Wish: x.Wish, Lang: "sv", By: x.By, ByReach: x.ByReach,
		Referral: application.Referral{Number: x.Number, As: referral.Kind(x.Kind), Reason: x.Reason, Why: x.Why, ReplyBy: clock.Date(x.ReplyBy)}}}
}

// renamed gives the faults by the names that fields have here.
func renamed(form fault.Form) error {
	var list fault.Form
	for _, f := range form {
		name := f.Field
		if other, ok := fields[name]; ok {
			name = other
		}
		list.Add(name, f.Key, f.Args...)
	}
	return list.Err()
}

func (p *Pages) getReferral(r *web.Request) (web.Answer, error) {
	var a application.ID
	if a.UnmarshalText([]byte(r.PathValue("referral"))) != nil {
		return web.Answer{}, fault.Missing
	}
	t, err := p.Application.Told(r.Context(), r.Actor, a)
	if err != nil {
		return web.Answer{}, err
	}
	return web.JSON(http.StatusOK, referralTold{ID: t.ID.String(), Status: string(t.Status), Since: string(t.On), ReceivedOn: string(t.ReceivedOn),
		AnsweredOn: string(t.AnsweredOn), Answer: t.Answer})
}
