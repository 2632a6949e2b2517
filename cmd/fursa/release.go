package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"strings"

	"fursa/feeds/fetch"
	"fursa/generator/repository"
)

// release is the address of the folder that this program's release was
// published in, as the linker was told (make dist RELEASE=…); empty in a
// program that is none's.
var release string

// onWorkflows is the program of a release that workflows run.
const onWorkflows = "fursa-linux-amd64"

// sumLine is a line of SHA256SUMS.
var sumLine = regexp.MustCompile(`^([0-9a-f]{64})[ *]+(\S+)$`)

// findRelease asks a release's folder for the hash of the program that
// workflows run; own is the folder that this program came from. Where the two
// are the same, this program must be
// among its files: so that what vouches for the hash is what somebody already
// runs, not only the host that it was asked of.
func findRelease(ctx context.Context, folder, own string) (repository.Release, error) {
	if folder == "" || folder == "none" {
		return repository.Release{}, nil
	}
	folder = strings.TrimSuffix(folder, "/")
	if err := checkSecure(folder); err != nil {
		return repository.Release{}, usageError{err}
	}
	sums, err := fetchSums(ctx, folder+"/SHA256SUMS")
	if err != nil {
		return repository.Release{}, err
	}
	sum, ok := sums[onWorkflows]
	if !ok {
		return repository.Release{}, fmt.Errorf("%s/SHA256SUMS does not name %s", folder, onWorkflows)
	}
	if folder == strings.TrimSuffix(own, "/") {
		if err := amongFiles(sums); err != nil {
			return repository.Release{}, fmt.Errorf("%s: %w; --release none does without it", folder, err)
		}
	}
	return repository.Release{URL: folder + "/" + onWorkflows, SHA256: sum}, nil
}

// checkSecure refuses an address that somebody on the way could answer for.
func checkSecure(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("--release: %w", err)
	}
	local := u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost"
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return fmt.Errorf("--release: %s does not begin with https://", address)
	}
	return nil
}

// sumsLimit bounds what is read as a list of hashes.
const sumsLimit = 1 << 20

// fetchSums reads a release's list of hashes, by the names of its files.
func fetchSums(ctx context.Context, address string) (map[string]string, error) {
	response, err := fetch.New(fetch.Options{UserAgent: "Fursa/" + version(), Anywhere: true}).Get(ctx, fetch.Request{URL: address, Max: sumsLimit})
	if err != nil {
		return nil, fmt.Errorf("the release: %w; --release none does without it", err)
	}
	sums := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(response.Body))
	for lines.Scan() {
		if m := sumLine.FindStringSubmatch(lines.Text()); m != nil {
			sums[m[2]] = m[1]
		}
	}
	return sums, lines.Err()
}

// amongFiles says whether this program is one of a release's files.
func amongFiles(sums map[string]string) error {
	path, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	own := hex.EncodeToString(hash.Sum(nil))
	for _, sum := range sums {
		if sum == own {
			return nil
		}
	}
	return fmt.Errorf("this program, %s, is not a file of its own release: somebody has changed one of the two", path)
}
