package staff

import (
	"log/slog"
	"path/filepath"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/i18n"
	"sluss/internal/watch"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// keptPath is where one sees that what is written is kept.
const keptPath = operation + "/bevarat"

func (p *Pages) keepingRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: keptPath, Needs: web.NoPerson(), Handle: p.getKeeping}}
}

// keepingPage tells how what is written is kept: backups, drills, and the log's safekeeping.
type keepingPage struct {
	ui.Page
	watch.Keeping
	Late    []string // what of the log's safekeeping is late
	Unknown bool     // that could not be read
}

func (p *Pages) getKeeping(r *web.Request) (web.Answer, error) {
	page := keepingPage{Page: r.Page("keeping.title")}
	if p.Watch == nil {
		page.Elsewhere = true
		return web.Show(keepingView(page)), nil
	}
	var err error
	if page.Keeping, err = p.Watch.Keeping(); err != nil {
		return web.Answer{}, err
	}
	late, err := p.Watch.Late(r.Context())
	if err != nil {
		slog.ErrorContext(r.Context(), "safekeeping of the log", "error", err)
		page.Unknown = true
	}
	for _, x := range late {
		page.Late = append(page.Late, r.L.T("watch.late."+x.What, when(page.Page, x.Since)))
	}
	return web.Show(keepingView(page)), nil
}

// facts are the last backup and the last drill.
func (p keepingPage) facts() []ui.Fact {
	made := func(n watch.Note) string {
		if n.At.IsZero() {
			return p.L.T("keeping.never")
		}
		return p.at(n)
	}
	size := p.L.T("keeping.never")
	if !p.Backup.At.IsZero() {
		size = megabytes(p.L, p.Backup.Bytes)
	}
	signed := p.L.T("keeping.signin.no")
	if n := p.Drill.SignedIn; n > 0 && p.Drill.Fault == "" {
		signed = p.L.T("keeping.signin.yes", n)
	}
	return []ui.Fact{{Term: p.L.T("keeping.backup"), Text: made(p.Backup)}, {Term: p.L.T("keeping.size"), Text: size}, {Term: p.L.T("keeping.drill"), Text: made(p.Drill)},
		{Term: p.L.T("keeping.signin"), Text: signed}}
}

func (p keepingPage) at(n watch.Note) string { return when(p.Page, clock.Instant(n.At.UnixMilli())) }

func megabytes(l *i18n.Lang, bytes int64) string {
	return l.T("keeping.megabytes", l.Decimal(float64(bytes)/(1<<20)))
}

// notes is the table of what was made and tried, newest first.
func (p keepingPage) notes() ui.Table {
	t := ui.Table{Stack: true, Caption: p.L.T("keeping.notes"), Hidden: true, Cols: []ui.Col{{Text: p.L.T("keeping.when")}, {Text: p.L.T("keeping.what"), Short: p.L.T("keeping.what")},
		{Text: p.L.T("keeping.file"), Short: p.L.T("keeping.file")}, {Text: p.L.T("keeping.size"), Short: p.L.T("keeping.size")}}}
	for _, n := range p.Notes {
		how := ui.Tag{Kind: "yes", Text: p.L.T("keeping.did." + n.What)}
		if n.Fault != "" {
			how = ui.Tag{Kind: "open", Text: p.L.T("keeping.failed")}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.T(p.at(n)), ui.B(how), ui.T(filepath.Base(n.File)), ui.T(megabytes(p.L, n.Bytes))}})
	}
	return t
}

// keepingLines tells the head, on Today, that a backup is missing or could not be read back. Nothing is kept of the demo.
func (p *Pages) keepingLines(r *web.Request) (list []todo) {
	if p.Watch == nil || r.Actor.Role() != access.Head || r.Page("nav.today").Demo {
		return nil
	}
	k, err := p.Watch.Keeping()
	if err != nil {
		slog.ErrorContext(r.Context(), "notes of backups", "error", err)
	}
	key := ""
	switch {
	case k.Closed:
		key = "keeping.today.protected"
	case k.Elsewhere || err != nil:
	case k.Broken:
		key = "keeping.today.broken"
	case k.NoBackup:
		key = "keeping.today.backup"
	}
	if key == "" {
		return nil
	}
	return []todo{{since: r.Actor.Today(), line: ui.Line{Who: ui.Link{Text: r.L.T("keeping.title"), Href: keptPath}, What: r.L.T(key), Why: r.L.T("keeping.today.do")}}}
}
