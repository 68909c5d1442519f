"""What of a text is spoken for before its numbers are read? Names, dates, idioms, and figures that no number begins."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from kb.domain.notation.token import Token
from kb.intake.scan.date import dates
from kb.intake.scan.idiom import idioms
from kb.intake.scan.mention import Mention
from kb.intake.scan.name import named
from kb.intake.scan.span import Span, merged
from kb.intake.scan.special import specials


class Aside:
    """The names of a whole text, and for one stretch of it after another all that is set aside there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._names = merged(named(text))

    def within(self, start: int, end: int) -> tuple[list[Mention], list[Span]]:
        """Figures that no number begins, in order, and every span from ``start`` to ``end`` that is not to be read."""
        spans = merged((*self._named(start, end), *dates(self._text, start, end), *idioms(self._text, start, end)))
        own, taken = [], list(spans)
        for one in specials(self._text, start, end):
            if isinstance(one, Span):
                taken.append(one)
            elif not _covered(spans, one.start, one.end):
                own.append(one)
                taken.append(Span(one.start, one.end))
        return sorted(own, key=lambda one: one.start), merged(taken)

    def _named(self, start: int, end: int) -> Sequence[Span]:
        first = bisect_left(self._names, (start,))
        first -= first > 0 and self._names[first - 1].end > start
        return list(islice(self._names, first, bisect_left(self._names, (end,))))


def _covered(spans: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(spans, (end,))
    return at > 0 and spans[at - 1].end > start


def marked(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Token]:
    """``tokens``, those that touch one of ``spans`` made names, which nothing reads; both in order."""
    found, at = [], 0
    for token in tokens:
        while at < len(spans) and spans[at].end <= token.start:
            at += 1
        hidden = at < len(spans) and spans[at].start < token.end
        found.append(token._replace(kind="name", low="\0" + token.low) if hidden else token)
    return found
