package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a process that is measured.
type server struct {
	cmd   *exec.Cmd
	base  string
	ready time.Duration // from start to its first answer
}

// launch starts a program and waits for its line "ready ADDRESS".
func launch(ctx context.Context, program string, args ...string) (*server, error) {
	s := &server{cmd: exec.CommandContext(ctx, program, args...)}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	s.ready = time.Since(began)
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if err != nil || !ok {
		return nil, errors.Join(fmt.Errorf("%s did not start: %q", program, line), err, s.stop())
	}
	s.base = strings.TrimSuffix(base, "/")
	return s, nil
}

// settle waits until the work of a start is done, half a minute at most.
func (s *server) settle() {
	for range 60 {
		before := s.cpu()
		time.Sleep(500 * time.Millisecond)
		if s.cpu()-before < 0.02 {
			return
		}
	}
}

func (s *server) stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if err := s.cmd.Wait(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return err
		}
	}
	return nil
}

// cpu is the seconds of processor time so far, in steps of 10 ms.
func (s *server) cpu() float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	user, _ := strconv.ParseFloat(f[11], 64)
	system, _ := strconv.ParseFloat(f[12], 64)
	return (user + system) / 100
}

// memory is a line of the process's status in MB: VmRSS now, VmHWM at most.
func (s *server) memory(line string) float64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for l := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(l, line+":"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(v)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

// copyDB makes a fresh copy of a seeded database, so that every run begins alike.
func copyDB(from, to string) error {
	for _, end := range []string{"", "-wal", "-shm", ".key", ".lock"} {
		if err := os.Remove(to + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, end := range []string{"", ".key"} {
		if err := copyFile(from+end, to+end); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
