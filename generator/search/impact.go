package search

import "math"

// wholly is the rarity of a word that one listing has.
const wholly = 1 << 16

// rarity is what a list of so many listings is worth beside one of a single
// listing, as a part of wholly. A number of listings counts rounded to a
// quarter of a power of two, so that one more rarely changes it.
func rarity(population, listings int) int64 {
	p := float64(population)
	idf := func(d float64) float64 { return math.Log(1 + (p-min(d, p)+0.5)/(min(d, p)+0.5)) }
	d := math.Exp2(math.Round(4*math.Log2(float64(listings))) / 4)
	return int64(math.Round(wholly * idf(d) / idf(1)))
}

// impact is what a listing's weight counts in a list: 1 to mostImpact.
func impact(rarity int64, saturated uint16) int {
	const whole = wholly * full
	return int(max(1, (mostImpact*rarity*int64(saturated)+whole/2)/whole))
}

// rounded is a number of listings rounded to a power of two.
func rounded(n int) int { return 1 << int(math.Round(math.Log2(float64(max(n, 1))))) }
