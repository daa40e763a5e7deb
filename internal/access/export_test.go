package access

// The rule's parts, for tests that try it with a part spoilt.
const (
	PartLivePost = livePost
	PartHeadOf   = headOf
	PartAtUnit   = atUnit
	PartByCover  = byCover
	PartAsHead   = asHead
	PartAllowed  = allowed
)

// CheckText is the single check as it is run.
func CheckText() string { return bare.check.String() }
