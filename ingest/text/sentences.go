package text

import "strings"

// abbreviations end with a dot that ends no sentence.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "gen": true, "lt": true, "col": true,
	"maj": true, "capt": true, "sgt": true, "adm": true, "sen": true, "rep": true, "gov": true, "st": true,
	"jr": true, "sr": true, "no": true, "vs": true, "rev": true, "hon": true, "brig": true, "cmdr": true,
	"jan": true, "feb": true, "aug": true, "sept": true, "sep": true, "oct": true, "nov": true, "dec": true,
	"د": true, "ا": true, "م": true,
}

// sentences groups tokens into sentences: they end with their paragraph, and
// at a full stop, question or exclamation mark or ellipsis with what closes
// after it, unless it closes an abbreviation or stands before a small letter.
func (t *Text) sentences() {
	i := 0
	for p := range t.Paragraphs {
		par := &t.Paragraphs[p]
		par.First = len(t.Sentences)
		for i < len(t.Tokens) && t.Tokens[i].Start < par.End {
			first := i
			for i < len(t.Tokens) && t.Tokens[i].Start < par.End {
				t.Tokens[i].Sentence = len(t.Sentences)
				i++
				if t.endsSentence(i-1, par.End) {
					for i < len(t.Tokens) && t.Tokens[i].Start < par.End && t.closes(i) {
						t.Tokens[i].Sentence = len(t.Sentences)
						i++
					}
					break
				}
			}
			t.Sentences = append(t.Sentences, Sentence{Span: t.Cover(first, i), First: first, Last: i, Paragraph: p})
		}
		par.Last = len(t.Sentences)
	}
}

// closes tells whether the token belongs to the end of the sentence before
// it: a closing quotation mark or bracket, or a further full stop.
func (t *Text) closes(i int) bool {
	tok := &t.Tokens[i]
	switch tok.Kind {
	case Mark:
		return tok.Quote >= 0 && t.Quotes[tok.Quote].Inner.End == tok.Start
	case Punct:
		return strings.Contains(").!?؟…]", tok.Fold)
	}
	return false
}

func (t *Text) endsSentence(i, limit int) bool {
	tok := &t.Tokens[i]
	switch tok.Fold {
	case "!", "?", "؟", "…":
	case ".":
		if i > 0 && t.Tokens[i-1].End == tok.Start {
			if prev := &t.Tokens[i-1]; prev.Kind == Word && abbreviations[prev.Fold] && (prev.Fold != "no" || i+1 < len(t.Tokens) && t.Tokens[i+1].Kind == Number) {
				return false
			}
		}
	default:
		return false
	}
	if i+1 < len(t.Tokens) && t.Tokens[i+1].Start < limit {
		next := t.Raw[t.Tokens[i+1].Start]
		if 'a' <= next && next <= 'z' {
			return false
		}
	}
	return true
}
