package graph

import (
	"fmt"
	"slices"
	"strings"
)

// MaxWords is how many different words a text to search for may hold.
const MaxWords = 64

// Words returns the words of a text to search for, folded, each once in the
// order of their last occurrence, so that the last word stays the last. It
// returns an [ErrInvalid] if there are more than [MaxWords].
func Words(text string) ([]string, error) {
	all := strings.Fields(Fold(text))
	words := make([]string, 0, min(len(all), MaxWords))
	for _, w := range slices.Backward(all) {
		if slices.Contains(words, w) {
			continue
		}
		if len(words) == MaxWords {
			return nil, fmt.Errorf("%w: a search is for at most %d words", ErrInvalid, MaxWords)
		}
		words = append(words, w)
	}
	slices.Reverse(words)
	return words, nil
}
