package staff

import (
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
	room.ID = page.Room.ID
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Org.ChangeRoom(r.Context(), r.Actor, room)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(operation, "form.saved"), err
	}
	room.Opens, room.Closes = clock.LocalTime(r.Form.Raw("opens")), clock.LocalTime(r.Form.Raw("closes"))
	page.Room, page.Seats, page.Faults, page.Failed = room, r.Form.Raw("seats"), faults, true
	return web.Again(roomView(page)), nil
}
