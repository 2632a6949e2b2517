package generator

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync"

	"fursa/feeds/sign"
	"fursa/generator/ledger"
	"fursa/generator/plan"
	"fursa/generator/publish"
)

// listed says whether the manifest lists a file: what other catalogues pull of
// ours. Copies of theirs are not among them: two catalogues that pull each
// other would change each other's manifests for ever.
func listed(path string) bool {
	return path == plan.AboutPath || strings.HasPrefix(path, "feeds/rpde/")
}

// manifest is made while the files that it lists are: it sums their bytes on
// their way.
type manifest struct {
	site    Site
	signers []signer

	mu       sync.Mutex
	sums     map[string]string
	sequence int64
	text     []byte
}

// write makes the folder hold the site: the files, then the manifest of those
// that others pull, its signatures, and the ledger.
func (s Site) write(ctx context.Context, signers []signer, o publish.Options) (publish.Report, error) {
	m := &manifest{site: s, signers: signers, sums: map[string]string{}}
	files := outputs(s.Outputs)
	for i, f := range files {
		if listed(f.Path) {
			files[i].Write = m.summed(f)
		}
	}
	// A signature that comes before its manifest fits none, for a moment; one
	// that comes after fits an old one. Readers fetch both once more.
	last := []publish.Last{{Path: sign.ManifestPath, Class: publish.Manifest, Make: m.make}}
	for _, signer := range signers {
		last = append(last, publish.Last{Path: signer.path, Class: publish.Manifest, Make: m.signature(signer)})
	}
	last = append(last, publish.Last{Path: ledger.Path, Class: publish.LedgerFile, Make: func(hashes map[string]string) func(io.Writer) error {
		return s.ledger(hashes, m.sequence)
	}})
	return publish.Write(ctx, files, last, o)
}

// summed is a file's Write that notes the sum of what it writes.
func (m *manifest) summed(f publish.File) func(io.Writer) error {
	return func(w io.Writer) error {
		sum := sha256.New()
		if err := f.Write(io.MultiWriter(w, sum)); err != nil {
			return err
		}
		m.note(f.Path, sum)
		return nil
	}
}

func (m *manifest) note(path string, sum hash.Hash) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sums[path] = sign.SumOf(sum)
}

// make writes the manifest. Its sequence rises where one of the files that it
// lists is not what it was.
func (m *manifest) make(hashes map[string]string) func(io.Writer) error {
	last := m.site.Catalogue.Ledger
	m.sequence = last.Sequence
	if last.Sequence == 0 || !sameListed(last.Paths, hashes) {
		m.sequence = last.Rise(m.site.now)
	}
	out := sign.Manifest{Catalogue: m.site.Catalogue.ID, Sequence: m.sequence, Files: m.sums}
	if len(m.signers) > 0 {
		out.Key = m.site.Catalogue.Settings.Key
	}
	m.text = out.Bytes()
	return wholly(m.text)
}

func (m *manifest) signature(s signer) func(map[string]string) func(io.Writer) error {
	return func(map[string]string) func(io.Writer) error {
		return wholly(s.key.Sign(m.text, fmt.Sprintf("sequence %d of %s", m.sequence, m.site.Catalogue.ID)))
	}
}

func wholly(text []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}
}

// sameListed says whether two sites are the same in what a manifest lists, by
// the hashes of their files.
func sameListed(before, after map[string]string) bool {
	count := 0
	for path := range before {
		if listed(path) {
			count++
		}
	}
	for path, hash := range after {
		if !listed(path) {
			continue
		}
		if before[path] != hash {
			return false
		}
		count--
	}
	return count == 0
}
