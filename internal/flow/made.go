package flow

import (
	"crypto/sha256"
	"fmt"
	"sync"

	"sluss/internal/id"
)

// made keeps the figures that were made last, by all that they were made from: the version of the closed sums, which changes
// with them, and what is fresh. So a page that nothing has happened for costs no more at a unit of thousands than at one of
// ten. Figures are of groups; nobody is in them.
type made struct {
	mu   sync.Mutex
	list []kept // the one made last is last
}

type kept struct {
	key     [32]byte
	figures Figures
}

const mostKept = 256

func keyOf(area id.Area, f Figures, months int, news []fresh, people map[string]int) [32]byte {
	h := sha256.New()
	fmt.Fprintln(h, area, f.Unit, f.Today, months, people)
	fmt.Fprintf(h, "%q\n", f.StepNames)
	for _, n := range news {
		fmt.Fprintln(h, n.unit, n.state.closed, n.state.version, n.cells)
	}
	return [32]byte(h.Sum(nil))
}

// get gives what is kept, or makes it. Nobody may change it.
func (m *made) get(key [32]byte, fill func() (Figures, error)) (Figures, error) {
	m.mu.Lock()
	for _, k := range m.list {
		if k.key == key {
			m.mu.Unlock()
			return k.figures, nil
		}
	}
	m.mu.Unlock()
	f, err := fill()
	if err != nil {
		return f, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.list) == mostKept {
		m.list = append(m.list[:0], m.list[1:]...)
	}
	m.list = append(m.list, kept{key, f})
	return f, nil
}
