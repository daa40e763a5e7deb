// Command sluss is the working system of a municipal gateway: one binary that serves, imports, exports and checks.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

var version = "dev"

// Exit codes, the same for every command.
const (
	exitDone  = 0
	exitWrong = 1 // done, but something is wrong with the input or the check failed
	exitNot   = 2 // could not run
)

// errWrong ends a command that has done its work and found something wrong; its words are printed already.
var errWrong = errors.New("something is wrong with the input")

type globals struct {
	DB          string `name:"db" default:"./sluss.db" env:"SLUSS_DB" help:"The database: a path, sqlite:PATH or postgres://…" placeholder:"DSN"`
	Checkpoints string `name:"checkpoints" env:"SLUSS_CHECKPOINTS" help:"The folder where the log's signed checkpoints are kept; beside the key file unless named. Best on another machine." placeholder:"DIR"`
	Keys        string `name:"keys" env:"SLUSS_KEYS" help:"The key file; beside the database unless named." placeholder:"FILE"`
	Protected   string `name:"protected-keys" env:"SLUSS_PROTECTED_KEYS" help:"The key file of people with protected identity; beside the other key file unless named." placeholder:"FILE"`
	JSON        bool   `name:"json" help:"Answer with JSON where the command answers with data."`
	ctx         context.Context
}

var cli struct {
	globals
	Serve     serveCmd     `cmd:"" help:"Serve the gateway."`
	Demo      demoCmd      `cmd:"" help:"Fill an empty database with an invented municipality and serve it."`
	Setup     setupCmd     `cmd:"" help:"Begin: make the municipality, its gateway and the head, and print the head's invitation."`
	Area      areaCmd      `cmd:"" help:"Municipalities."`
	Unit      unitCmd      `cmd:"" help:"Gateways and other units."`
	Agency    agencyCmd    `cmd:"" help:"The agencies that work in an area."`
	Staff     staffCmd     `cmd:"" help:"Those who work here."`
	Import    importCmd    `cmd:"" help:"Show what a list of people would do, and with --yes put them in the queue."`
	Courses   coursesCmd   `cmd:"" help:"Show what a list of courses would change, and with --yes save it."`
	Barometer barometerCmd `cmd:"" help:"Show what an edition of the forecast of occupations would change, and with --yes save it."`
	Export    exportCmd    `cmd:"" help:"Take a list out as a file; everybody in it is noted in the log."`
	Flow      flowCmd      `cmd:"" help:"The sums that the page of flow is made from."`
	Migrate   migrateCmd   `cmd:"" help:"Bring the database to this program's schema."`
	Doctor    doctorCmd    `cmd:"" help:"Tell the settings in force and what is wrong with this installation."`
	Backup    backupCmd    `cmd:"" help:"Make an encrypted copy while serving."`
	Restore   restoreCmd   `cmd:"" help:"Put a backup back as a new database, checked."`
	Keys      keysCmd      `cmd:"" help:"The keys of this installation."`
	Verify    verifyCmd    `cmd:"" help:"Tell whether the log of disclosures is as it was left."`
	Forecast  forecastCmd  `cmd:"" help:"See ahead: the queue, the wait, the steps and the exits month by month, with how sure it is."`
	Simulate  simulateCmd  `cmd:"" help:"Play a model of queues and ways, many times, and tell the figures."`
	Licences  licencesCmd  `cmd:"" help:"The licences of what others have made and the program carries."`
	Rules     rulesCmd     `cmd:"" help:"Print the rule of who may see what, for who wants to judge it."`
	Routes    routesCmd    `cmd:"" help:"List every address with what it needs."`
	Version   versionCmd   `cmd:"" help:"Tell the program's version."`
}

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := unknown(os.Environ()); err != nil {
		fmt.Fprintln(os.Stderr, "sluss:", err)
		return exitNot
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	k := kong.Parse(&cli, kong.Name("sluss"), kong.Description("The working system of a municipal gateway.\n\nExample: sluss --db gateway.db serve"),
		kong.UsageOnError(), kong.Exit(func(code int) {
			if code != 0 {
				code = exitNot
			}
			os.Exit(code)
		}))
	cli.ctx = ctx
	err := k.Run(&cli.globals)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errWrong):
		return exitWrong
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "sluss: stopped")
		return exitNot
	default:
		fmt.Fprintln(os.Stderr, "sluss:", err)
		return exitNot
	}
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run() error {
	fmt.Println(version)
	return nil
}
