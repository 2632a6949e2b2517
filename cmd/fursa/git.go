package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"fursa/generator"
	"fursa/generator/content"
)

// changedSince asks git what has changed in the content folder since the
// branch left a revision: commits, and where somebody works on the files, what
// is not committed yet. Workflows, which say so by CI, find files as they were
// committed: to look at each of thousands takes as long as the rest of a
// check. It answers the folder's path in the repository, too.
func changedSince(ctx context.Context, dir, rev string) (change generator.Change, folder string, err error) {
	if strings.HasPrefix(rev, "-") || rev == "" {
		return change, "", usageError{fmt.Errorf("--changed-since: %q is no commit", rev)}
	}
	ask := func(args ...string) <-chan answer { // none waits for another
		answered := make(chan answer, 1)
		go func() { answered <- git(ctx, dir, nil, args...) }()
		return answered
	}
	compare := []string{"diff", "--merge-base", "--raw", "-z", "--no-abbrev", "--no-renames", "--relative", "--no-ext-diff", "--ignore-submodules"}
	var more answer
	prefix := ask("rev-parse", "--show-prefix")
	if os.Getenv("CI") != "" {
		compare = append(compare, "--cached")
	} else {
		more = <-ask("ls-files", "-z", "--others", "--exclude-standard")
	}
	diff, where := <-ask(append(compare, rev, "--", ".")...), <-prefix
	for _, a := range []answer{where, diff, more} {
		if a.err != nil {
			return change, "", sinceError(a.err, rev)
		}
	}
	change.Paths = fields(more.text)
	objects, err := rawDiff(fields(diff.text), &change)
	if err != nil {
		return change, "", err
	}
	change.Before, err = texts(ctx, dir, objects)
	return change, strings.TrimSuffix(strings.TrimSpace(string(where.text)), "/"), err
}

// answer is what git printed.
type answer struct {
	text []byte
	err  error
}

// git runs git in a folder.
func git(ctx context.Context, dir string, in io.Reader, args ...string) answer {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", dir}, args...)...) //nolint:gosec // no shell, and a revision that looks like a flag is refused
	c.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0")
	var out, problems bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = in, &out, &problems
	err := c.Run()
	if text := strings.TrimSpace(problems.String()); err != nil && text != "" {
		err = errors.New(text)
	}
	return answer{out.Bytes(), err}
}

// sinceError says what to do about what git refuses.
func sinceError(err error, rev string) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "no merge base"):
		return fmt.Errorf("--changed-since: there is no commit here that %s and this branch both have: fetch more of the history (fetch-depth: 0)", rev)
	case strings.Contains(text, "bad revision"), strings.Contains(text, "unknown revision"), strings.Contains(text, "ambiguous argument"):
		return usageError{fmt.Errorf("--changed-since: git knows no commit %q here", rev)}
	}
	return fmt.Errorf("--changed-since: git: %w", err)
}

// fields are the parts of what git ends with a zero byte each.
func fields(text []byte) []string {
	if len(text) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(text), "\x00"), "\x00")
}

// object is a file of an earlier commit.
type object struct{ path, id string }

// rawDiff reads pairs of ":mode mode object object status" and a path.
func rawDiff(parts []string, change *generator.Change) ([]object, error) {
	var before []object
	for i := 0; i+1 < len(parts); i += 2 {
		words := strings.Fields(parts[i])
		if len(words) != 5 {
			return nil, fmt.Errorf("--changed-since: git answers %q", parts[i])
		}
		change.Paths = append(change.Paths, parts[i+1])
		if id := words[2]; strings.Trim(id, "0") != "" {
			before = append(before, object{parts[i+1], id})
		}
	}
	return before, nil
}

// texts reads earlier files; those of assets are left empty.
func texts(ctx context.Context, dir string, objects []object) (map[string][]byte, error) {
	texts := map[string][]byte{}
	var asked []object
	var ids bytes.Buffer
	for _, o := range objects {
		texts[o.path] = nil
		if _, ok := content.NameOf(o.path); ok {
			asked = append(asked, o)
			fmt.Fprintln(&ids, o.id)
		}
	}
	if len(asked) == 0 {
		return texts, nil
	}
	a := git(ctx, dir, &ids, "cat-file", "--batch")
	if a.err != nil {
		return nil, fmt.Errorf("--changed-since: git: %w", a.err)
	}
	r := bufio.NewReader(bytes.NewReader(a.text))
	for _, o := range asked {
		var id, kind string
		var size int
		if _, err := fmt.Fscanf(r, "%s %s %d\n", &id, &kind, &size); err != nil {
			return nil, fmt.Errorf("--changed-since: git has no text of %s: %w", o.path, err)
		}
		text := make([]byte, size+1) // and the end of a line
		if _, err := io.ReadFull(r, text); err != nil {
			return nil, fmt.Errorf("--changed-since: git has no text of %s: %w", o.path, err)
		}
		texts[o.path] = text[:size]
	}
	return texts, nil
}

// inRepository are paths as problems name them, below the content folder, as
// paths in the repository.
func inRepository(dir, folder string) func(path string) string {
	printed := filepath.ToSlash(filepath.Clean(dir))
	return func(path string) string {
		rest, below := strings.CutPrefix(path, printed+"/")
		if printed == "." {
			rest, below = path, true
		}
		switch {
		case path == printed:
			return folder
		case !below:
			return path
		case folder == "":
			return rest
		}
		return folder + "/" + rest
	}
}
