// Package search makes the index of a catalogue's listings that a browser
// searches without a server: the files of docs/search-format.md, to the byte.
// It writes nothing to a disk, and knows no page: cards, labels and the words
// that people see are others' business.
package search
