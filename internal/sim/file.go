package sim

import (
	"context"
	"fmt"
	"io"
)

const maxFile = 16 << 20 // bytes of a model file

// RunFile reads a model in TOML, checks it and runs it: what `sluss simulate` does. The report marshals to JSON.
func RunFile(ctx context.Context, r io.Reader, o Options) (Report, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Report{}, fmt.Errorf("read the model: %w", err)
	}
	if len(text) > maxFile {
		return Report{}, fmt.Errorf("the model is larger than %d MB", maxFile>>20)
	}
	m, err := ParseTOML(text)
	if err != nil {
		return Report{}, err
	}
	p, err := m.Program()
	if err != nil {
		return Report{}, err
	}
	report, err := p.Run(ctx, o)
	if err != nil {
		return Report{}, err
	}
	return *report, nil
}
