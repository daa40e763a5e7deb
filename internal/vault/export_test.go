package vault

// Tables is how many tables a rotation wraps the keys of.
const Tables = 7

// After has f called after each step of a rotation that lasts; an error stops it there, as a kill would.
func (r *Rotation) After(f func() error) { r.after = f }

func init() {
	if len(wrappedTables) != Tables {
		panic("a table more: the test of what is wrapped counts them")
	}
}
