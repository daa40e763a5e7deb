// Package sim is a discrete-event engine: people (or jobs, or calls) come, wait, are served, share scarce places, leave and
// return, and figures are taken of it all. It knows nothing of any trade and nothing of the rest of the program.
//
// A [Model] is plain data, in Go or read from a file by [ParseTOML]. [Model.Program] checks it, telling everything that is
// wrong at once, and [Program.Run] runs replications in parallel and gives a [Report]: for each figure the mean, its standard
// error and quantiles over the replications, and time series with bands for the figures that have them.
//
//	source ──▶ stage ──▶ stage ──▶ exit        a stage: queue ─▶ condition ─▶ time inside ─▶ route
//	             ▲                  │          the condition: a gate that opens on dates, units of
//	             └──── return ◀─────┘          resources, a batch to fill, or none
//
// # Chance
//
// A random number is a hash of the seed, the replication, the person, the stage and what it is for. So a draw more or less
// somewhere changes no other draw; two scenarios with one seed meet the same people with the same luck, and their difference
// shows what the change does rather than what chance did. Equal model, seed and replications give the same report to the
// last bit on the same kind of processor, whatever the number of cores.
//
// # Time and order
//
// Time is a float64 in the model's own unit. What is due at the same time happens in the order it was scheduled. A grid point
// of a series, the end of the warmup and the horizon come after everything that is due at that instant.
//
// # Cost
//
// A replication runs in one goroutine on one heap; people are 56 bytes in a slice. After the first replication nothing is
// allocated. Memory does not grow with the number of replications.
package sim
