// Command bench measures the program as its users feel it and against a limit that does the same work with nothing
// around it, and prints the tables of docs/figures.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"sluss/internal/clock"
	"sluss/internal/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("bench", flag.ExitOnError)
	dir := f.String("dir", "var/bench", "where the databases lie; they are seeded once")
	people := f.Int("seed", 0, "only seed this many people")
	if err := f.Parse(args); err != nil {
		return err
	}
	if err := os.MkdirAll(*dir, 0o700); err != nil {
		return err
	}
	if *people > 0 {
		return seedOnce(ctx, fmt.Sprintf("%s/%d.db", *dir, *people), *people)
	}
	return nil
}

func seedOnce(ctx context.Context, path string, people int) error {
	if err := seed(ctx, path, people); err != nil {
		return err
	}
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	list, err := desks(ctx, db, 4000)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d desks\n", len(list))
	return writeTargets(path+".targets", list, 8000)
}

func dateOf(s string) clock.Date { return clock.Date(s) }
