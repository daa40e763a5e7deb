package store

// RelaxSync makes commits outlive a kill but not a power cut; the control of the power-cut test must find that out.
func (s *Store) RelaxSync() error { return s.writer.do("PRAGMA synchronous = NORMAL") }
