package store

import (
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// keptPages is how many pages' room each SQLite connection keeps, some 1 MB: more than most pages of the program read.
//
// A connection forgets what it has read as soon as another has committed, which here is between any two page views, and
// SQLite gives each page's room back one by one to ask for it anew. Taken in one piece it is only marked as free. It must be
// set before the first connection of the process is opened.
const keptPages = 256

func init() {
	tls := libc.NewTLS()
	defer tls.Close()
	args := libc.NewVaList(uintptr(0), int32(0), int32(keptPages))
	defer libc.Xfree(tls, args)
	if rc := sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_PAGECACHE, args); rc != sqlite3.SQLITE_OK {
		panic(fmt.Sprintf("store: SQLite refuses room for its pages: %d", rc))
	}
}
