package demo

import (
	"bytes"
	_ "embed"
	"io"
)

// barometer is 44 rows, word for word, of the employment service's (Arbetsförmedlingen) forecast Yrkesbarometern, edition 2025-2,
// published at data.arbetsformedlingen.se/prognoser/yrkesbarometer.json under CC0 1.0. The whole file has a row for each of 219
// occupations in the country and in each county; these are for Västra Götaland, where the demo's municipality is, or for the country.
//
//go:embed yrkesbarometer.json
var barometer []byte

// Barometer gives the demo's forecast of occupations, as a file.
func Barometer() io.Reader { return bytes.NewReader(barometer) }
