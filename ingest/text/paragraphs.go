package text

import (
	"strings"

	"mawqif/graph"
)

// paragraphs splits the text at line ends and tells the article proper from
// what a scraped page puts around it.
func (t *Text) paragraphs() {
	title := graph.Fold(t.Title)
	for start := 0; start < len(t.Raw); {
		end := strings.IndexAny(t.Raw[start:], "\n\r\u2028\u2029\v\f")
		next := len(t.Raw)
		if end < 0 {
			end = len(t.Raw)
		} else {
			end += start
			next = end + 1
			if t.Raw[end] >= 0x80 {
				next = end + 3
			}
		}
		line := Span{start, end}
		if strings.TrimSpace(t.At(line)) != "" {
			p := Paragraph{Span: line}
			switch key := graph.Fold(t.At(line)); {
			case len(t.Paragraphs) == 0 && title != "" && key == title:
				p.Role = Headline
			case key == "":
				p.Role = Furniture
			}
			t.Paragraphs = append(t.Paragraphs, p)
		}
		start = next
	}
	t.furniture()
}

// closers begin the part of a page after the article: everything from such a
// line on, if it is short and stands in the second half, is furniture.
var closers = []string{
	"مقالات متعلقه", "مواضيع متعلقه", "مواضيع ذات صله", "اخبار ذات صله", "اقرا ايضا", "اقرا المزيد", "شارك الخبر",
	"related articles", "related topics", "read more", "more on this story", "share this article", "most read",
}

// captions begin the caption of a picture.
var captions = []string{"camera icon", "صوره ارشيفيه", "photographer", "file photo", "image source", "image caption", "tag icon"}

func (t *Text) furniture() {
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		key := graph.Fold(t.At(p.Span))
		for _, c := range captions {
			if strings.HasPrefix(key, c) {
				p.Role = Caption
			}
		}
		if len(key) > 80 || p.Start*2 < len(t.Raw) {
			continue
		}
		for _, c := range closers {
			if strings.HasPrefix(key, c) {
				for j := i; j < len(t.Paragraphs); j++ {
					t.Paragraphs[j].Role = Furniture
				}
				return
			}
		}
	}
}
