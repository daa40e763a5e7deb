package api

import (
	"reflect"
	"strconv"
	"strings"

	"sluss/internal/signin"
	"sluss/internal/web"
)

// document is a part of the description.
type document map[string]any

// describe makes the OpenAPI description from the table of routes.
func (p *Pages) describe() document {
	paths := document{}
	for _, o := range p.table() {
		at, ok := paths[o.Pattern].(document)
		if !ok {
			at = document{}
			paths[o.Pattern] = at
		}
		at[strings.ToLower(o.Method)] = o.describe()
	}
	return document{"openapi": "3.1.0",
		"info": document{"title": "Sluss", "version": "1", "description": "For systems of other agencies: a referral in, what was answered back. The gateway's head makes you a client."},
		"components": document{"securitySchemes": document{
			"pass": document{"type": "oauth2", "flows": document{"clientCredentials": document{"tokenUrl": Root + "/token", "scopes": document{
				signin.MaySend: "Send referrals", signin.MayRead: "Read what was answered to those you sent"}}}},
			"client": document{"type": "http", "scheme": "basic"}}},
		"paths": paths}
}

func (o operation) describe() document {
	answers := document{}
	for status, v := range o.Gives {
		answers[strconv.Itoa(status)] = answer(o.What, "application/json", v)
	}
	refuse := func(status int, why string) {
		answers[strconv.Itoa(status)] = answer(why, "application/problem+json", web.Problem{})
	}
	for status, why := range o.Refuses {
		refuse(status, why)
	}
	if o.Scope != "" {
		refuse(401, "The pass is missing, over or ended: ask for a new one")
		refuse(403, "The client may not do this")
		refuse(429, "Too often or too many; Retry-After tells when to come back")
	}
	refuse(500, "The fault is ours")
	refuse(503, "It does not work just now; Retry-After tells when to come back")
	d := document{"operationId": o.Name, "summary": o.What, "responses": answers, "security": o.security()}
	if list := o.parameters(); len(list) > 0 {
		d["parameters"] = list
	}
	if o.Takes != nil {
		kind := "application/json"
		if o.Form {
			kind = "application/x-www-form-urlencoded"
		}
		d["requestBody"] = document{"required": true, "content": document{kind: document{"schema": schema(reflect.TypeOf(o.Takes))}}}
	}
	return d
}

func answer(what, kind string, v any) document {
	return document{"description": what, "content": document{kind: document{"schema": schema(reflect.TypeOf(v))}}}
}

func (o operation) security() []document {
	switch {
	case o.Scope != "":
		return []document{{"pass": []string{o.Scope}}}
	case o.Form:
		return []document{{"client": []string{}}, {}}
	default:
		return []document{}
	}
}

func (o operation) parameters() (list []document) {
	if o.Key {
		list = append(list, document{"name": "Idempotency-Key", "in": "header", "required": true, "schema": document{"type": "string", "maxLength": longestKey},
			"description": "Your own word for this sending. Send again with the same key when you got no answer: the same referral is never taken twice, however late"})
	}
	if strings.Contains(o.Pattern, "{referral}") {
		list = append(list, document{"name": "referral", "in": "path", "required": true, "schema": document{"type": "string"}, "description": "The id that you got when you sent it"})
	}
	return list
}
