package api

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/person"
)

var languages = person.Languages

// A type's fields, with the tags doc, max, enum and format, are what the description says of it and what is asked of what is sent. A
// field without omitempty must be there.

// schema describes a type.
func schema(t reflect.Type) document {
	switch t.Kind() {
	case reflect.Bool:
		return document{"type": "boolean"}
	case reflect.Int:
		return document{"type": "integer"}
	case reflect.Slice:
		return document{"type": "array", "items": schema(t.Elem())}
	case reflect.Map:
		return document{"type": "object"}
	case reflect.Struct:
		return object(t)
	default:
		return document{"type": "string"}
	}
}

func object(t reflect.Type) document {
	properties, required := document{}, []string{}
	for f := range t.Fields() {
		name, must := named(f)
		s := schema(f.Type)
		s["description"] = f.Tag.Get("doc")
		if n := most(f); n > 0 {
			s["maxLength"] = n
		}
		if v := choices(f); v != nil {
			s["enum"] = v
		}
		if v := f.Tag.Get("format"); v != "" {
			s["format"] = v
		}
		properties[name] = s
		if must {
			required = append(required, name)
		}
	}
	return document{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func named(f reflect.StructField) (name string, must bool) {
	name, more, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name, more != "omitempty"
}

func most(f reflect.StructField) int {
	n, _ := strconv.Atoi(f.Tag.Get("max"))
	return n
}

// choices are the closed list of a field: one of enums, or written out.
func choices(f reflect.StructField) []string {
	v := f.Tag.Get("enum")
	if list, ok := enums[v]; ok {
		return list
	}
	if v == "" {
		return nil
	}
	return strings.Fields(v)
}

// decode reads one JSON object with no other fields than those of to.
func decode(body []byte, to any) bool {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	return utf8.Valid(body) && !bytes.Contains(body, []byte(`\u0000`)) && d.Decode(to) == nil && d.Decode(new(any)) == io.EOF
}

// check says what is wrong with what was sent, by what the description asks of it.
func check(x any, body []byte) (form fault.Form) {
	var there map[string]any
	_ = json.Unmarshal(body, &there) // decode has read it
	v := reflect.ValueOf(x)
	for f := range v.Type().Fields() {
		name, must := named(f)
		value, ok := there[name]
		if text, isText := value.(string); !ok && must || must && isText && text == "" {
			form.Add(name, "system.needed")
			continue
		}
		if f.Type.Kind() == reflect.String && ok {
			checkText(&form, f, name, v.FieldByIndex(f.Index).String())
		}
	}
	return form
}

func checkText(form *fault.Form, f reflect.StructField, name, text string) {
	if n := most(f); n > 0 && utf8.RuneCountInString(text) > n {
		form.Add(name, "form.long", n)
	}
	if list := choices(f); list != nil && text != "" && !slices.Contains(list, text) {
		form.Add(name, "system.choose", strings.Join(list, ", "))
	}
	if _, err := clock.ParseDate(text); f.Tag.Get("format") == "date" && text != "" && err != nil {
		form.Add(name, "form.date")
	}
}
