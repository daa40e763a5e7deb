package access

import "sluss/internal/store"

// Listing makes a noun's list of what it reads after Columns, from where under which conditions, in what order and how
// many. The ground of each row is looked for once: the limit that nothing reaches keeps a database from working it out
// again for the condition, and rows come in the order of the inner query on both databases. What Visible asks is asked.
func Listing(columns, from, order, most store.SQL) store.SQL {
	return store.Join(store.Q(`SELECT * FROM (SELECT `+Columns+` AS by_ground`), columns, store.Q(` FROM `), from,
		store.Q(` AND `+allowed+` AND NOT `+halved+` ORDER BY `), order, store.Q(` LIMIT 9223372036854775807) AS q WHERE q.by_ground > 0`), most)
}
