//go:build profile

package main

import (
	"log/slog"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
)

// A program built with -tags profile writes a CPU profile to the file named by PROFILE between two SIGUSR1, and beside it
// what has been allocated since the start.
func init() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	go func() {
		for range asked {
			f, err := os.Create(os.Getenv("PROFILE"))
			if err != nil {
				slog.Error("profile", "error", err)
				continue
			}
			if err := pprof.StartCPUProfile(f); err != nil {
				slog.Error("profile", "error", err)
			}
			<-asked
			pprof.StopCPUProfile()
			_ = f.Close()
			if f, err = os.Create(os.Getenv("PROFILE") + ".allocs"); err == nil {
				_ = pprof.Lookup("allocs").WriteTo(f, 0)
				_ = f.Close()
			}
		}
	}()
}
