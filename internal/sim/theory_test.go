package sim

import "math"

// What queueing theory says, for the tests to compare with.

// erlangC gives the share that waits and the mean number waiting in M/M/c with the load a = λ/μ.
func erlangC(c int, a float64) (waits, queue float64) {
	term, sum := 1.0, 0.0
	for k := range c {
		sum += term
		term *= a / float64(k+1)
	}
	rho := a / float64(c)
	waits = term / (1 - rho) / (sum + term/(1-rho))
	return waits, waits * rho / (1 - rho)
}

// birthDeath gives the stationary distribution of a chain that rises and falls by one.
func birthDeath(n int, up, down func(k int) float64) []float64 {
	p := make([]float64, n+1)
	p[0] = 1
	sum := 1.0
	for k := 1; k <= n; k++ {
		p[k] = p[k-1] * up(k-1) / down(k)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// bulkQueue gives the mean number waiting in M/M[1,b]/1: queue sizes while busy are geometric with the root r in (0, 1) of
// μ r^(b+1) − (λ+μ) r + λ = 0 (Bailey 1954; Neuts 1967).
func bulkQueue(lambda, mu float64, b int) float64 {
	low, high := 0.0, 1-1e-9
	for range 200 {
		r := (low + high) / 2
		if mu*math.Pow(r, float64(b+1))-(lambda+mu)*r+lambda > 0 {
			low = r
		} else {
			high = r
		}
	}
	r := (low + high) / 2
	p0 := 1 / (1/(1-r) + mu/lambda)
	return p0 * r / ((1 - r) * (1 - r))
}

// gateQueue gives the mean number waiting, over time, at a gate that each T lets in up to n of those who come at rate λ.
func gateQueue(lambda, every float64, n int) float64 {
	const size = 600
	come := make([]float64, size)
	come[0] = math.Exp(-lambda * every)
	for k := 1; k < size; k++ {
		come[k] = come[k-1] * lambda * every / float64(k)
	}
	after := make([]float64, size) // just after the gate
	after[0] = 1
	for range 500 {
		next := make([]float64, size)
		for q, p := range after {
			for k := 0; p > 1e-15 && k < 60 && q+k < size; k++ {
				next[max(0, q+k-n)] += p * come[k]
			}
		}
		after = next
	}
	mean := lambda * every / 2
	for q, p := range after {
		mean += p * float64(q)
	}
	return mean
}
