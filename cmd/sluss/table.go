package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sluss/internal/sheet"
)

// tableFile is a table on its way to a file: written beside it, and moved there once it may be kept.
type tableFile struct{ path string }

func (f *tableFile) part() string { return f.path + ".part" }

// write writes the table as xlsx or csv, after the file's name, readable by its owner only.
func (f *tableFile) write(t sheet.Table) error {
	write, err := writer(f.path)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(f.part(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(out, t), out.Close())
}

func (f *tableFile) keep() error { return os.Rename(f.part(), f.path) }

// drop removes what was written and not kept.
func (f *tableFile) drop() { _ = os.Remove(f.part()) }

func writer(path string) (func(io.Writer, sheet.Table) error, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return sheet.WriteXLSX, nil
	case ".csv":
		return sheet.WriteCSV, nil
	}
	return nil, fmt.Errorf("%s: name a file that ends in .xlsx or .csv", path)
}
