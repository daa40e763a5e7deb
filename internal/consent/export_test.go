package consent

// Most sets how many rows the list of those who are shared takes, and gives it back.
func Most(n int) (back func()) {
	was := mostShared
	mostShared = n
	return func() { mostShared = was }
}
