package audit

import (
	"encoding/binary"

	"golang.org/x/mod/sumdb/tlog"

	"sluss/internal/clock"
	"sluss/internal/id"
)

// row is a disclosure as it stands in the log.
type row struct {
	id       ID
	position int64 // -1 while it has none
	epoch    int64
	at       clock.Instant
	post     id.Post
	unit     id.Unit
	action   int64
	purpose  int64
	ground   int64
	covers   int64
	route    string
	listed   int64
	people   []byte
}

// leafVersion begins every leaf, so that a later form of it can be told apart.
const leafVersion = 1

// leaf gives what the tree holds of a row: the version, the numbers as eight bytes each, and the texts with their length
// before them. Only the position is not in it: that is the leaf's own place in the tree.
func (r *row) leaf(b []byte, area id.Area) []byte {
	b = append(b, leafVersion)
	for _, n := range [...]int64{int64(area), int64(r.id), r.epoch, int64(r.at), int64(r.post), int64(r.unit), r.action, r.purpose, r.ground, r.covers, r.listed} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	b = append(binary.AppendUvarint(b, uint64(len(r.route))), r.route...)
	return append(binary.AppendUvarint(b, uint64(len(r.people))), r.people...)
}

// tree is the right edge of an RFC 6962 tree: the roots of its whole subtrees, the largest first. It is all that is needed
// to add leaves and to tell the root.
type tree struct {
	size int64
	edge []tlog.Hash
}

// add appends a leaf and gives to made each hash that the tree gets by it, in the order of tlog.StoredHashIndex.
func (t *tree) add(leaf tlog.Hash, made func(tlog.Hash)) {
	made(leaf)
	t.edge = append(t.edge, leaf)
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.edge) - 1
		t.edge[last-1] = tlog.NodeHash(t.edge[last-1], t.edge[last])
		t.edge = t.edge[:last]
		made(t.edge[last-1])
	}
	t.size++
}

// root is the tree's root; that of an empty tree is the zero hash, which no row gives.
func (t *tree) root() tlog.Hash {
	if len(t.edge) == 0 {
		return tlog.Hash{}
	}
	h := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.edge[i], h)
	}
	return h
}

// edgeOf gives the numbers of the stored hashes that are the edge of a tree of the size.
func edgeOf(size int64) (list []int64) {
	for level := 62; level >= 0; level-- {
		if size>>level&1 == 1 {
			list = append(list, tlog.StoredHashIndex(level, size>>level-1))
		}
	}
	return list
}
