package staff

import (
	"errors"
	"slices"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// roomPage is the form of what a room is like.
type roomPage struct {
	ui.Page
	Room   org.Room
	Seats  string
	Stored []ui.Fact // what it has become, when somebody else has changed it
	Faults fault.Form
}

func roomHref(room int64) string { return operation + "/rum/" + strconv.FormatInt(room, 10) }

func (p *Pages) getRoom(r *web.Request) (web.Answer, error) {
	page, err := p.room(r)
	return web.Show(roomView(page)), err
}

func (p *Pages) room(r *web.Request) (page roomPage, err error) {
	if r.Actor.Role() != access.Head {
		return page, fault.New(fault.Forbidden, "fault.role")
	}
	n, err := p.names(r)
	if err != nil {
		return page, err
	}
	k, err := strconv.ParseInt(r.PathValue("room"), 10, 64)
	i := slices.IndexFunc(n.Rooms, func(x org.Room) bool { return x.ID == k })
	if err != nil || i < 0 {
		return page, fault.Missing
	}
	return roomPage{Page: r.Titled(n.Rooms[i].Name), Room: n.Rooms[i], Seats: strconv.Itoa(n.Rooms[i].Seats)}, nil
}

func (p *Pages) postRoomChange(r *web.Request) (web.Answer, error) {
	page, err := p.room(r)
	if err != nil {
		return web.Answer{}, err
	}
	room := readRoom(r)
	room.ID, room.Version = page.Room.ID, r.Form.Version()
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Org.ChangeRoom(r.Context(), r.Actor, room)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(operation, "form.saved"), err
	}
	if stale {
		page.Stored = page.facts()
	}
	room.Opens, room.Closes = clock.LocalTime(r.Form.Raw("opens")), clock.LocalTime(r.Form.Raw("closes"))
	room.Version = page.Room.Version
	page.Room, page.Seats, page.Faults, page.Failed = room, r.Form.Raw("seats"), faults, true
	if stale {
		return web.Differs(roomView(page)), nil
	}
	return web.Again(roomView(page)), nil
}

// facts are what the room is like.
func (p roomPage) facts() []ui.Fact {
	l, r := p.L, p.Room
	has := make([]string, len(r.Has))
	for i, x := range r.Has {
		has[i] = l.T("room.has." + x)
	}
	return written([]ui.Fact{{Term: l.T("operation.room.name"), Text: r.Name}, {Term: l.T("operation.room.seats.field"), Text: l.Number(r.Seats)},
		{Term: l.T("operation.room.has"), Text: l.List(has...)}, {Term: l.T("operation.room.opens"), Text: string(r.Opens)},
		{Term: l.T("operation.room.closes"), Text: string(r.Closes)}, {Term: l.T("operation.room.features"), Text: r.Features}})
}
