package retention

// After has f called after each step that lasts, so that a test can be killed there.
func (w *Weeder) After(f func()) { w.after = f }
