package watch

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// requests counts answers by the pattern of the address, never by the address itself.
type requests struct{ took *prometheus.HistogramVec }

func newRequests() *requests {
	return &requests{prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "sluss_request_seconds", Help: "Time to answer, by route and status.",
		Buckets: []float64{.005, .01, .025, .05, .1, .15, .25, .5, 1, 2.5, 5}}, []string{"route", "status"})}
}

// Answered notes one answered request. The status is grouped by its first digit.
func (w *Watch) Answered(route string, status int, took time.Duration) {
	if w.requests != nil {
		w.requests.took.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
	}
}

// Figures serves the figures for a monitor. Call it before the first request.
func (w *Watch) Figures() http.Handler {
	w.requests = newRequests()
	r := prometheus.NewRegistry()
	r.MustRegister(w.requests.took, collectors.NewGoCollector(), collector{w})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

// collector reads the facts when the monitor asks.
type collector struct{ w *Watch }

func desc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("sluss_"+name, help, nil, nil)
}

var (
	writes      = desc("writes_total", "Writes answered.")
	commits     = desc("commits_total", "Commits; fewer than writes when they share one.")
	statements  = desc("statements_total", "SQL statements begun.")
	retries     = desc("write_retries_total", "Writes tried again.")
	slow        = desc("slow_writes_total", "Writes that ran over 20 ms.")
	waiting     = desc("writes_waiting", "Writes that wait for the writer now.")
	waitSum     = desc("write_wait_seconds_total", "Time writes have waited for the writer.")
	waitMost    = desc("write_wait_longest_seconds", "The longest wait for the writer since the start.")
	appends     = desc("log_pages_total", "Pages whose disclosures were written to the log.")
	appendRuns  = desc("log_commits_total", "Commits of the log of disclosures; pages that wait share one.")
	unsequenced = desc("log_unsequenced", "Disclosures without a place in the log's order.")
	uncovered   = desc("log_uncovered_seconds", "How long the oldest disclosure that no checkpoint outside the database covers has stood in the log.")
	unwitnessed = desc("log_unwitnessed_seconds", "How long the oldest disclosure that the second organisation's checkpoint does not cover has stood in the log; over 7200 two are missed.")
	oldestJob   = desc("oldest_job_seconds", "How long the oldest due job has waited.")
	deadJobs    = desc("dead_jobs", "Jobs that were given up.")
	lastBackup  = desc("last_backup_timestamp_seconds", "When the last backup was made.")
	lastDrill   = desc("last_drill_timestamp_seconds", "When a backup was last read back whole.")
)

// Describe sends what Collect may give.
func (c collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{writes, commits, statements, retries, slow, waiting, waitSum, waitMost, appends, appendRuns, unsequenced, uncovered, unwitnessed, oldestJob,
		deadJobs, lastBackup, lastDrill} {
		ch <- d
	}
}

// Collect sends the figures of now. What cannot be read is left out.
func (c collector) Collect(ch chan<- prometheus.Metric) {
	counter := func(d *prometheus.Desc, v float64) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v)
	}
	gauge := func(d *prometheus.Desc, v float64) { ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	s := c.w.Store.Stats()
	counter(writes, float64(s.Writes))
	counter(commits, float64(s.Commits))
	counter(statements, float64(s.Statements))
	counter(retries, float64(s.Retries))
	counter(slow, float64(s.Slow))
	gauge(waiting, float64(s.Waiting))
	counter(waitSum, s.WaitSum.Seconds())
	gauge(waitMost, s.WaitMost.Seconds())
	pages, runs := c.w.Log.Stats()
	counter(appends, float64(pages))
	counter(appendRuns, float64(runs))
	if notes, err := Last(c.w.Notes); err == nil {
		for what, d := range map[string]*prometheus.Desc{Backup: lastBackup, Drill: lastDrill} {
			if n, ok := notes[what]; ok {
				gauge(d, float64(n.At.Unix()))
			}
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	f, err := c.w.Facts(ctx)
	if err != nil {
		slog.WarnContext(ctx, "figures", "error", err)
		return
	}
	gauge(unsequenced, float64(f.Unsequenced))
	gauge(uncovered, f.Uncovered.Seconds())
	gauge(unwitnessed, f.Unwitnessed.Seconds())
	gauge(oldestJob, f.OldestJob.Seconds())
	gauge(deadJobs, float64(f.Dead))
}
