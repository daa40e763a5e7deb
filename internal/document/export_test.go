package document

// Clean is clean, for a fuzz test.
var Clean = clean
