"""Which words cannot name a unit? Those of a number, of its hedge and its bound, and of the text around it."""

from kb.domain.notation import bound_word, measure_word, word
from kb.domain.notation.numeral import number_at
from kb.domain.notation.token import tokens

_WORDS = frozenset({*word.NO_NOUNS, *word.ADVERBS, *bound_word.LEADS, *bound_word.TRAILS})


def reserved(text: str) -> str:
    """What ``text`` says already where a quantity is read, so that no unit can be called so; empty for a free word.

    >>> reserved("dozen"), reserved("三百"), reserved("cents")
    ('is a word for a number', 'is a word for a number', 'means USD already')
    >>> reserved("about"), reserved("wafer"), reserved("晶圆")
    ('belongs to the words around a number', '', '')
    """
    if text in measure_word.SIGNS or text.lower() in measure_word.MEASURES:
        return f"means {measure_word.SIGNS.get(text) or measure_word.MEASURES[text.lower()][0]} already"
    for said in (tokens(text), tokens(f"2 {text}")):
        number = number_at(said, 0) if said else None
        if number is not None and number.end == len(said):
            return "is a word for a number"
    return "belongs to the words around a number" if text.lower() in _WORDS else ""
