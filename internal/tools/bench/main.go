// Command bench measures the program as its users feel it and against a limit that does the same work with nothing
// around it, and prints the tables of docs/figures.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"sluss/internal/clock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("bench", flag.ExitOnError)
	m := measuring{}
	f.StringVar(&m.dir, "dir", "var/bench", "where the databases lie; they are seeded once, some 2 GB")
	f.StringVar(&m.program, "program", "bin/sluss", "what is measured")
	f.IntVar(&m.small, "small", 10_000, "people in the small database")
	f.IntVar(&m.large, "large", 1_000_000, "people in the large one")
	f.IntVar(&m.secs, "secs", 4, "seconds of each round")
	f.IntVar(&m.rounds, "rounds", 5, "rounds")
	f.StringVar(&m.only, "only", "", "some of start,limit,growth,felt,crowd,town")
	limit := f.String("limit", "", "only serve the limit on this database")
	out := f.String("targets", "", "only write requests for the large database to this file, for another client")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *limit != "" {
		return serveLimit(ctx, *limit)
	}
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return err
	}
	if *out != "" {
		return m.writeTargets(ctx, *out)
	}
	return m.all(ctx)
}

// sumFlow closes the days of a seeded database, as a serving program has done long ago.
func sumFlow(ctx context.Context, program, path string) error {
	c := exec.CommandContext(ctx, program, "--db", path, "flow", "count")
	c.Stdout = os.Stderr
	return c.Run()
}

func dateOf(s string) clock.Date { return clock.Date(s) }
