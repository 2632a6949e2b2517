package main

import (
	"fmt"
	"slices"
	"time"
)

// quantile is the value below which a share of the values lie.
func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	values = slices.Sorted(slices.Values(values))
	at := share * float64(len(values)-1)
	i := int(at)
	if i+1 == len(values) {
		return values[i]
	}
	return values[i] + (at-float64(i))*(values[i+1]-values[i])
}

func median(values []float64) float64 { return quantile(values, 0.5) }

// spread is a median with the least and the most, in a unit of its own digits.
func spread(values []float64, digits int) string {
	if len(values) == 0 {
		return "–"
	}
	return fmt.Sprintf("%.*f (%.*f–%.*f)", digits, median(values), digits, slices.Min(values), digits, slices.Max(values))
}

func seconds(all []time.Duration) []float64 {
	var values []float64
	for _, d := range all {
		values = append(values, d.Seconds())
	}
	return values
}

func kilobytes(bytes int64) string { return fmt.Sprintf("%.1f", float64(bytes)/1000) }
