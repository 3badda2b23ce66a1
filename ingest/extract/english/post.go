package english

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract/english/tag"
)

// longestPost is the longest post of a network that articles embed, in bytes
// with its links.
const longestPost = 420

// post is a post of a social network as articles embed it, with its author
// and date behind a dash:
//
//	The bridge is open again! https://t.co/x — Joan Reed (@joanreed) April 6, 2020
func (f *finder) post(at int) {
	if f.word(at) != "@" || f.word(at-1) != "(" || f.word(at+2) != ")" {
		return
	}
	dash := at - 2
	for dash > 0 && dash > at-12 && (f.Tokens[dash].Sentence == f.Tokens[at].Sentence || f.word(dash) == ".") && f.word(dash) != "—" && f.word(dash) != "–" {
		dash--
	}
	if w := f.word(dash); w != "—" && w != "–" || dash+1 >= at-1 || f.tag(dash+1) == tag.Punct && f.word(dash+1) != "." {
		return
	}
	p := &f.Paragraphs[f.Sentences[f.Tokens[dash].Sentence].Paragraph]
	first := f.Sentences[p.First].First
	for s := p.First; s < p.Last; s++ {
		if k := f.Sentences[s].First; k < dash && f.Tokens[dash].Start-f.Tokens[k].Start > longestPost {
			first = f.Sentences[s].Last
		}
	}
	for k := dash - 1; k > first; k-- {
		if f.word(k) == "@" && f.word(k-1) == "(" {
			for first = k + 3; first < dash && (f.tag(first) == tag.Number || f.word(first) == "," || f.is(first, monthName)); first++ {
			}
			break
		}
	}
	if f.word(first) == "skip" && f.word(first+3) == "by" && f.word(first+4) == "@" {
		first += 6 // "Skip Twitter post by @joanreed"
	}
	last := dash
	for last > first {
		body := strings.TrimRight(f.At(f.Cover(first, last)), " ")
		word := body[strings.LastIndexAny(body, " \u00a0")+1:]
		if !strings.HasPrefix(word, "http") && !strings.HasPrefix(word, "pic.twitter.com") {
			break
		}
		last = max(first, f.TokenAt(f.Tokens[first].Start+len(body)-len(word)))
	}
	if last-first < 3 {
		return
	}
	f.found = append(f.found, found{
		cue: phrase{dash, dash + 1}, source: phrase{dash + 1, at + 3}, content: []phrase{{first, last}}, group: -1, sentence: f.Tokens[dash].Sentence,
		act: graph.ActState, confidence: 0.9, before: true, sure: true, rules: []string{"post"},
	})
}
