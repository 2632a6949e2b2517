package picture_test

import (
	"fmt"
	"testing"

	"github.com/srwiley/oksvg"

	"fursa/generator/picture"
)

// Each seed has its figure: short, drawable, and of many kinds in all.
func TestPatterns(t *testing.T) {
	seen := map[picture.Figure]bool{}
	for i := range 3000 {
		seed := fmt.Sprintf("subject-%d", i)
		f := picture.Pattern(seed)
		seen[f] = true
		var path oksvg.PathCursor
		if err := path.CompilePath(f.Path); err != nil || len(path.Path) == 0 {
			t.Errorf("%s: path %q: %v", seed, f.Path, err)
		}
		if len(f.Path) > 220 {
			t.Errorf("%s: %d bytes: %s", seed, len(f.Path), f.Path)
		}
	}
	if len(seen) < 1000 {
		t.Errorf("3000 seeds have %d figures", len(seen))
	}
}

// Published pages keep their figures.
func TestPatternStays(t *testing.T) {
	want := map[string]picture.Figure{
		"chess":   {"M140 50a10 10 0 1 0 1 0zM140 30a30 30 0 1 0 1 0zM140 10a50 50 0 1 0 1 0zM140-10a70 70 0 1 0 1 0zM140-30a90 90 0 1 0 1 0zM140-50a110 110 0 1 0 1 0zM140-70a130 130 0 1 0 1 0zM140-90a150 150 0 1 0 1 0z", true},
		"museums": {"M160 140L-400-60h70zM160 140L-260-60h70zM160 140L-120-60h70zM160 140L20-60h70zM160 140L160-60h70zM160 140L300-60h70zM160 140L440-60h70zM160 140L580-60h70z", false},
		"x":       {"M140 50a10 10 0 1 0 1 0zM140 30a30 30 0 1 0 1 0zM140 10a50 50 0 1 0 1 0zM140-10a70 70 0 1 0 1 0zM140-30a90 90 0 1 0 1 0zM140-50a110 110 0 1 0 1 0zM140-70a130 130 0 1 0 1 0zM140-90a150 150 0 1 0 1 0z", true},
	}
	for seed, figure := range want {
		if got := picture.Pattern(seed); got != figure {
			t.Errorf("Pattern(%q) = %#v, want %#v", seed, got, figure)
		}
	}
}

func BenchmarkPattern(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		picture.Pattern("marine-biology")
	}
}
