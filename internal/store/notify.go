package store

import (
	"slices"
	"sync"
)

type notices struct {
	mu   sync.Mutex
	subs map[string][]chan struct{}
}

// Listen gives a channel that receives after each commit whose transaction called Notify with the topic, in this
// process only; several notices may come as one. Call stop when done.
func (s *Store) Listen(topic string) (woken <-chan struct{}, stop func()) {
	n := &s.notices
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.subs == nil {
		n.subs = map[string][]chan struct{}{}
	}
	c := make(chan struct{}, 1)
	n.subs[topic] = append(n.subs[topic], c)
	return c, func() { n.drop(topic, c) }
}

func (n *notices) drop(topic string, c chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.subs[topic] = slices.DeleteFunc(n.subs[topic], func(x chan struct{}) bool { return x == c })
}

func (n *notices) send(topics []string) {
	if len(topics) == 0 {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, topic := range topics {
		for _, c := range n.subs[topic] {
			select {
			case c <- struct{}{}:
			default:
			}
		}
	}
}
