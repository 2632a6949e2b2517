package search

// SetBytes are the bytes of a set.
func SetBytes(numbers []int32) []byte { return setBytes(numbers) }

// ListBytes are the bytes of a list.
func ListBytes(numbers []int32, impacts []int) []byte {
	var postings []posting
	for i, n := range numbers {
		postings = append(postings, post(n, impacts[i]))
	}
	var w listWriter
	return w.list(postings)
}

// Add adds a file to an empty index for each content, and returns the names.
func Add(contents ...[]byte) []string {
	x := &Index{taken: map[string][]byte{}}
	var names []string
	for _, content := range contents {
		names = append(names, x.add(".w", content))
	}
	return names
}

// Begun is what an impact counts for a beginning: see begun.
func Begun(impact, population, all, own int) int { return begun(population, all, own)(impact) }
