package access

// CheckText is the single check as it is run.
func CheckText() string { return bare.check.String() }

// JudgeText is the question of the verdict as it is run.
func JudgeText() string { return judge.String() }

// Shared are parts of the rule that say nothing about a person and stand in several clauses.
var Shared = map[string]string{"desk": desk, "zoneOf": zoneOf, "agencyOf": agencyOf, "headOf": headOf}

// Alone is the rule for a record without regard to those it is merged with.
const Alone = alone
