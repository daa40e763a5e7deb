package intray_test

import "testing"

func child() {}

func TestNothing(t *testing.T) {}
