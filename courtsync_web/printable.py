"""Which characters a text of one line may hold, whoever wrote it."""

import unicodedata

UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the text around a name about; joiners, which scripts and emoji need, may stay."""


def is_printable(text: str) -> bool:
    """No control characters, no halves of characters, nothing that reverses its neighbours."""
    return not any(
        unicodedata.category(letter) in UNPRINTABLE or letter in BIDI_CONTROLS for letter in text
    )
