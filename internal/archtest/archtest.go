// Package archtest is the tests that hold the house together: which package may import which, who writes which table, how
// statements, forms and texts are written. It has no code of its own.
package archtest
