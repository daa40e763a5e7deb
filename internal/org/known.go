package org

import (
	"context"
	"sync"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// known is the organisation as pages last read it. It holds nothing about any participant. What is kept goes by the
// area's own count of changes, which every request reads along with its actor, so that a change shows at the next page.
type known struct {
	mu    sync.Mutex
	views map[seat]*view
}

// seat is from where the organisation is seen.
type seat struct {
	area id.Area
	unit id.Unit
}

// view is the organisation as seen from a unit on a day.
type view struct {
	change   int64
	today    clock.Date
	names    Names
	settings Settings
}

// mostViews bounds what is kept; beyond it everything is read anew.
const mostViews = 1000

// Names gives the names of everything in the actor's area, with the rooms of the actor's unit. They are shared between
// requests: not to be changed.
func (d *Desk) Names(ctx context.Context, actor *access.Actor) (Names, error) {
	v, err := d.view(ctx, actor)
	if err != nil {
		return Names{}, err
	}
	return v.names, nil
}

// Settings gives the settings of the actor's unit as they hold today. They are shared between requests: not to be changed.
func (d *Desk) Settings(ctx context.Context, actor *access.Actor) (Settings, error) {
	v, err := d.view(ctx, actor)
	if err != nil {
		return Settings{}, err
	}
	return v.settings, nil
}

func (d *Desk) view(ctx context.Context, actor *access.Actor) (*view, error) {
	at := seat{actor.Area(), actor.Unit()}
	if v := d.known.get(at); v != nil && v.change == actor.Change() && v.today == actor.Today() {
		return v, nil
	}
	v := &view{change: actor.Change(), today: actor.Today()}
	err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if v.names, err = NamesOf(ctx, tx, at.area, at.unit, actor.Now()); err != nil {
			return err
		}
		v.settings, err = SettingsAt(ctx, tx, at.area, at.unit, v.today)
		return err
	})
	if err != nil {
		return nil, err
	}
	d.known.put(at, v)
	return v, nil
}

func (k *known) get(at seat) *view {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.views[at]
}

func (k *known) put(at seat, v *view) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.views == nil || len(k.views) >= mostViews {
		k.views = map[seat]*view{}
	}
	k.views[at] = v
}
