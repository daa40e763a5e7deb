package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"unsafe"
)

// disk is an ext4 file system in a file, whose power can be cut.
type disk struct {
	t            *testing.T
	image, mount string
	mounted      bool
}

// newDisk makes and mounts a disk, or skips where the machine does not let it.
func newDisk(t *testing.T, megabytes int64) *disk {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("no power is cut: loop mounts need root")
	}
	dir := t.TempDir()
	d := &disk{t: t, image: filepath.Join(dir, "disk.img"), mount: filepath.Join(dir, "disk")}
	must(t, os.WriteFile(d.image, nil, 0o600))
	must(t, os.Truncate(d.image, megabytes<<20))
	must(t, os.Mkdir(d.mount, 0o700))
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", "-m", "0", d.image).CombinedOutput(); err != nil {
		t.Skipf("no power is cut: mkfs.ext4: %v %s", err, out)
	}
	if err := d.on(); err != nil {
		t.Skipf("no power is cut: this machine mounts no loop file: %v", err)
	}
	t.Cleanup(func() { d.off() })
	return d
}

func (d *disk) on() error {
	out, err := exec.Command("mount", "-t", "ext4", "-o", "loop", d.image, d.mount).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	d.mounted = true
	return nil
}

func (d *disk) off() {
	if !d.mounted {
		return
	}
	if out, err := exec.Command("umount", d.mount).CombinedOutput(); err != nil {
		d.t.Errorf("umount: %v %s", err, out)
	}
	d.mounted = false
}

// cut ends the file system as a lost current does: neither pages nor journal are written out any more.
func (d *disk) cut() error {
	const (
		shutdown   = 0x8004587d // EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32)
		noLogFlush = 2          // EXT4_GOING_FLAGS_NOLOGFLUSH
	)
	f, err := os.Open(d.mount)
	if err != nil {
		return err
	}
	defer f.Close()
	flags := uint32(noLogFlush)
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), shutdown, uintptr(unsafe.Pointer(&flags))); errno != 0 {
		return errno
	}
	return nil
}

// cutUnderLoad cuts the power while changes are written and tells what was lost when it came back. Only what was
// acknowledged before the cut counts: an fsync that is under way while the file system shuts down may answer well
// though nothing was kept (a program of one write and one fsync sees the same), where a real machine would be silent.
func (d *disk) cutUnderLoad(name string, env ...string) (acked, gone, half int) {
	d.t.Helper()
	path := filepath.Join(d.mount, name)
	l := startLoad(d.t, path, env...)
	l.acks(20 + rand.IntN(300))
	sure := len(l.acked)
	if err := d.cut(); err != nil {
		l.kill(d.t)
		if errors.Is(err, syscall.ENOTTY) || errors.Is(err, syscall.EPERM) {
			d.t.Skipf("no power is cut: this kernel does not let it: %v", err)
		}
		d.t.Fatal(err)
	}
	l.kill(d.t)
	d.off()
	must(d.t, d.on())
	gone, half = losses(d.t, path, l.acked[:sure])
	must(d.t, os.Remove(path))
	return sure, gone, half
}

func TestPowerCutLosesNothingAcknowledged(t *testing.T) {
	d := newDisk(t, 64)
	all := 0
	for i := range times() {
		acked, gone, half := d.cutUnderLoad(fmt.Sprintf("load%d.db", i))
		if gone != 0 || half != 0 {
			t.Errorf("cut %d: of %d acknowledged changes %d are gone; %d are half there", i, acked, gone, half)
		}
		all += acked
	}
	t.Logf("%d power cuts, %d acknowledged changes", times(), all)
}

// TestPowerCutFindsLossesWithoutSync is the control: with synchronous=NORMAL the same harness must lose something.
func TestPowerCutFindsLossesWithoutSync(t *testing.T) {
	d := newDisk(t, 64)
	for i := range 10 {
		acked, gone, half := d.cutUnderLoad(fmt.Sprintf("load%d.db", i), loadRelax+"=1")
		if half != 0 {
			t.Errorf("%d changes are half there", half)
		}
		if gone > 0 {
			t.Logf("cut %d: %d of %d acknowledged changes are gone, as they should be", i, gone, acked)
			return
		}
	}
	t.Error("ten power cuts without sync lost nothing: this harness would not see a loss")
}

func TestAFullDiskLosesNothingAcknowledged(t *testing.T) {
	d := newDisk(t, 16)
	path := filepath.Join(d.mount, "load.db")
	s, err := openWith(t, path)
	must(t, err)
	filler, err := os.Create(filepath.Join(d.mount, "filler"))
	must(t, err)
	var acked []int
	for n := 1; ; n++ {
		if n == 50 {
			fillUp(filler)
		}
		if err := change(t.Context(), s, n); err != nil {
			t.Logf("change %d: %v", n, err)
			break
		}
		acked = append(acked, n)
		if n > 100000 {
			t.Fatal("the disk does not fill")
		}
	}
	must(t, filler.Close())
	must(t, os.Remove(filler.Name()))
	if err := change(t.Context(), s, 200000); err != nil {
		t.Errorf("with room again: %v", err)
	}
	must(t, s.Close())
	if gone, half := losses(t, path, append(acked, 200000)); gone != 0 || half != 0 {
		t.Errorf("of %d acknowledged changes %d are gone; %d are half there", len(acked), gone, half)
	}
}

// fillUp writes until there is no room left.
func fillUp(f *os.File) {
	for size := 1 << 16; size > 0; size /= 2 {
		for b := make([]byte, size); ; {
			if _, err := f.Write(b); err != nil {
				break
			}
		}
	}
	_ = f.Sync()
}
