// Command pictures starts the demo and takes the pictures in docs/pictures, which the README shows.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

const (
	mostBytes = 200_000 // of a picture
	mostTall  = 1000    // pixels; what is longer is cut at the foot
)

// view is one picture: who looks, a worker, a participant after an @ or "" for anybody, where, and how wide in pixels.
type view struct {
	name, who string
	width     int64
	open      func(b *harness.Browser, url string)
}

var views = []view{
	{"front", "", 1280, at("/v/vuxenslussen?lang=sv")},
	{"front-ar", "", 360, at("/v/vuxenslussen?lang=ar")},
	{"own", "@samira", 360, at("/min?lang=sv")},
	{"own-ar", "@samira", 360, at("/min?lang=ar")},
	{"today", "lena", 1280, at("/arbete")},
	{"start", "karin", 1280, start},
	{"participant", "lena", 1280, participant("", "sv", "main .goal ~ .goal, main li ~ li .goal")},
	{"table-ar", "samar", 1280, participant("/bordet", "ar", `main .goal [lang="ar"]`)},
	{"flow", "omar", 1280, at("/arbete/flode")},
	{"flow-360", "omar", 360, at("/arbete/flode")},
}

func main() {
	testing.Init() // the harness asks whether the run is a short one
	flag.Parse()
	if err := take(filepath.Join(harness.Root(), "docs", "pictures")); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// take takes all pictures of one demo into a folder.
func take(dir string) (err error) {
	r := &run{}
	defer func() {
		r.end()
		if p := recover(); p != nil {
			why, ok := p.(failure)
			if !ok {
				panic(p)
			}
			err = why
		}
	}()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	url := strings.TrimSuffix(harness.Serve(r, ""), "/")
	b := harness.Start(r)
	for _, v := range views {
		b.Forget()
		b.Width(v.width)
		signIn(b, url, v.who)
		v.open(b, url)
		file := filepath.Join(dir, v.name+".png")
		b.Shot(file)
		if err := trim(file); err != nil {
			return err
		}
	}
	return nil
}

func signIn(b *harness.Browser, url, who string) {
	form := "in"
	if name, own := strings.CutPrefix(who, "@"); own {
		form, who = "min", name
	}
	if who != "" {
		b.Go(url + "/arbete/in?lang=sv")
		b.Click(`form[action="/demo/` + form + `"]:has(input[value="` + who + `"]) button`)
	}
}

func at(path string) func(*harness.Browser, string) {
	return func(b *harness.Browser, url string) { b.Go(url + path) }
}

// start opens the next group start with its list.
func start(b *harness.Browser, url string) {
	b.Go(url + "/arbete/gruppstarter")
	b.Click("main tbody a")
}

// participant opens a page, in a language, of the first of the coach's participants whose overview has the element.
func participant(part, lang, has string) func(*harness.Browser, string) {
	const hrefs = `[...document.querySelectorAll('main tbody a[href*="/arbete/person/"]')].map(a => a.href).join(' ')`
	return func(b *harness.Browser, url string) {
		b.Go(url + "/arbete/deltagare")
		for _, href := range strings.Fields(harness.Eval[string](b, hrefs)) {
			if b.Go(href); b.Has(has) {
				b.Go(href + part + "?lang=" + lang)
				return
			}
		}
		panic(failure("no participant has " + has))
	}
}

// trim cuts a picture at the foot and writes it small. An error when it is still too large.
func trim(file string) error {
	f, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	img, err := png.Decode(bytes.NewReader(f))
	if err != nil {
		return err
	}
	r := img.Bounds()
	r.Max.Y = min(r.Max.Y, r.Min.Y+mostTall)
	cut := image.NewNRGBA(r)
	draw.Draw(cut, r, img, r.Min, draw.Src)
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, cut); err != nil {
		return err
	}
	if b.Len() > mostBytes {
		return fmt.Errorf("%s takes %d bytes, more than %d", file, b.Len(), mostBytes)
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
