package main

import (
	"fmt"
	"slices"
	"strings"
)

// known are the environment variables the program reads.
var known = []string{"SLUSS_DB", "SLUSS_KEYS", "SLUSS_PROTECTED_KEYS", "SLUSS_LISTEN", "SLUSS_ORIGIN", "SLUSS_TLS_CERT", "SLUSS_TLS_KEY", "SLUSS_PROXY", "SLUSS_PHONE", "SLUSS_OIDC",
	"SLUSS_SMTP", "SLUSS_SMTP_PLAIN", "SLUSS_SMTP_FROM", "SLUSS_SMTP_USER", "SLUSS_SMTP_PASSWORD_FILE", "SLUSS_SMS_FILE", "SLUSS_METRICS", "SLUSS_CHECKPOINTS", "SLUSS_WITNESS_MAIL",
	"SLUSS_PROVE", "SLUSS_SHOTS", "SLUSS_BIN"}

// unknown refuses a variable with our prefix that the program does not read: a misspelt setting must not pass unseen.
func unknown(environ []string) error {
	for _, e := range environ {
		name, _, _ := strings.Cut(e, "=")
		if strings.HasPrefix(name, "SLUSS_") && !slices.Contains(known, name) {
			return fmt.Errorf("the environment has %s, which this program does not read; known: %s", name, strings.Join(known, " "))
		}
	}
	return nil
}
