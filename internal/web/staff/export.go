package staff

import (
	"bytes"
	"io"

	"sluss/internal/export"
	"sluss/internal/sheet"
	"sluss/internal/web"
)

// postExport gives a list as a file. Everybody in it is noted in the log before the file leaves.
func (p *Pages) postExport(r *web.Request) (web.Answer, error) {
	list, err := export.Find(r.PathValue("list"))
	if err != nil {
		return web.Answer{}, err
	}
	on := r.Form.Date("on")
	if len(r.Form.Faults) > 0 {
		return web.Answer{}, r.Form.Faults
	}
	kind, ext, write := xlsxKind, "xlsx", sheet.WriteXLSX
	if r.Form.Raw("as") == "csv" {
		kind, ext, write = "text/csv; charset=utf-8", "csv", sheet.WriteCSV
	}
	var b bytes.Buffer
	err = p.Export.Take(r.Context(), r.Actor, list, r.L, on, func(t sheet.Table) error { return write(&b, t) })
	return web.File(export.FileName(list, r.L, r.Actor.Today(), ext), kind, func(w io.Writer) error {
		_, err := b.WriteTo(w)
		return err
	}), err
}
