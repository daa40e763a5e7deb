package walk

import (
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"sluss/internal/backup"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
)

// TestStolenFilesHoldNoWordOfAnyTable is the search of stolen files (figure R6) over the world of the walk, in which every sealed place
// of every table holds a word: the database, its log and an opened backup, without the key files.
func TestStolenFilesHoldNoWordOfAnyTable(t *testing.T) {
	s := plainSite(t)
	s.populate(t)
	words := []string{wished, turned, thought, wrong, draft}
	for _, p := range s.people {
		words = append(words, p.word, p.form.Person.Number.Reveal(), p.form.Person.Number.Dashed(), p.form.Person.Phone)
	}
	id, err := age.GenerateX25519Identity()
	must(t, err)
	sealed, opened := filepath.Join(t.TempDir(), "backup.age"), filepath.Join(t.TempDir(), "opened.db")
	_, err = backup.Write(t.Context(), s.Store, sealed, "test", clock.System(), id.Recipient())
	must(t, err)
	_, _, err = backup.Read(t.Context(), sealed, backup.KeysBeside(sealed), opened, id)
	must(t, err)
	files, err := filepath.Glob(s.Store.Path() + "*")
	must(t, err)
	n, size := 0, int64(0)
	for _, f := range append(files, sealed, opened) {
		n += demotest.Hits(t, f, words)
		info, err := os.Stat(f)
		must(t, err)
		size += info.Size()
	}
	t.Logf("R6: %d words in 8 spellings in %d files of %d kB: %d hits", len(words), len(files)+2, size>>10, n)
}
