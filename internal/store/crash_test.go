package store_test

func loadUntilKilled() {}
