"""The citations of a report, and the list of the passages that they lead to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.domain.entity import Claim, Figure
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.intake.passage import sentences
from kb.reports.citations import citation, current_passage, passages_of, source_of
from kb.reports.paper import Cited, Line, Marked, Place, Quotation, Strong, Table
from kb.reports.value import Citation
from kb.reports.view import View
from kb.reports.words.references import capitalized, shorten

_MOST_QUOTED = 200
"""The most characters of a source that are quoted in the text; a longer passage is cited without its words."""

_LIST_MARK = re.compile(r"^(?:\d+[.)]|[-*>•])\s+")


def quoted_words(cited: Citation, *, passed_on: bool = False) -> str:
    """What is quoted of a passage: the sentence that it is, or stands in; empty where that is too long to print.

    Of a statement that its source passes on, what that source itself quotes, if it quotes anything.
    """
    whole = _LIST_MARK.sub("", " ".join(f"{cited.before}{cited.text}{cited.after}".split()))
    own = _LIST_MARK.sub("", " ".join(cited.text.split()))
    spoken = next((whole[start:end] for start, end in sentences(whole) if own in whole[start:end]), own)
    quoted = _QUOTED.findall(own) if passed_on else []
    inner = max((" ".join(part).strip(" .…") for part in quoted), key=len, default="")
    candidates = [inner, spoken, own] if len(inner.split()) > _MOST_EXACT_WORDS else [spoken, own]
    # A sentence of which the beginning or the end is not known is no sentence.
    whole_ones = (words for words in candidates if words is own or not (words.startswith("…") or words.endswith("…")))
    fitting = (words for words in map(without_outer_marks, whole_ones) if len(words) <= _MOST_QUOTED)
    return next((words for words in fitting if len(words.split()) > 1 and not words.endswith("…")), "")


# What follows the passage may hold the mark that closes a quotation.
_QUOTED = re.compile(r"“([^“”]+)(?:”|$)|\"([^\"]+)(?:\"|$)")
_MOST_EXACT_WORDS = 5
_MARKS = '“”" '


def without_outer_marks(words: str) -> str:
    """Words without quotation marks at their ends, as far as the marks within remain in pairs.

    >>> without_outer_marks('"I think so," he said. "Perhaps."'), without_outer_marks("“It is clear.")
    ('"I think so," he said. "Perhaps."', 'It is clear.')
    """
    for stripped in (words.strip(_MARKS), words.lstrip(_MARKS), words.rstrip(_MARKS)):
        bare = stripped.rstrip(",;")
        if bare.count("“") == bare.count("”") and not bare.count('"') % 2 and not _TURNED.search(bare):
            return bare
    return words


_TURNED = re.compile(r"^[^“”]*”|^\w[^\"]*[,.?!]\" \w")
"""A mark that closes what was never opened."""


class Passages:
    """The passages that a report cites, numbered in the order of first use."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._listed: dict[tuple[Id, str], _Listed] = {}
        self.statements: dict[Id, dict[Id, Figure | Claim]] = {}
        """By the source, the figures and claims that are cited from it."""

    def cite(self, ids: Iterable[Id], most: int | None = None) -> Line:
        """A space and the citation of figures and claims, each passage once; empty where none has a source.

        Of each, the first ``most`` passages; all by default.
        """
        places = tuple(dict.fromkeys(place for id in dict.fromkeys(ids) for place in self._places(id, most)))
        return (" ", Cited(places)) if places else ()

    def quotation(self, id: Id) -> Line:
        """The words of the first passage of a figure or claim, in quotation marks; empty where they are not known.

        A sentence is quoted whole; of a longer one the clause around the words that the passage points to.
        """
        entity = self._view.knowledge.figures.get(id) or self._view.knowledge.claims.get(id)
        if entity is None or source_of(self._view, entity) is None:
            return ()
        cited = citation(self._view, entity)
        words = quoted_words(cited, passed_on=bool(entity.voice.via)) if cited.attached else ""
        return (Quotation(words, cited.language),) if words else ()

    def _places(self, id: Id, most: int | None) -> Iterable[Place]:
        known = self._view.knowledge
        entity = known.figures.get(id) or known.claims.get(id)
        source = source_of(self._view, entity) if entity else None
        if entity is None or source is None:
            return
        self.statements.setdefault(source.id, {})[entity.id] = entity
        for index in range(len(passages_of(entity)[:most])):
            passage = current_passage(self._view, entity, index)
            number = self._number(source.id, entity, index, passage)
            yield Place(source=source.id, line=passage.line, page=passage.page, passage=number)

    def _number(self, source: Id, entity: Figure | Claim, index: int, passage: Passage) -> int:
        cited = citation(self._view, entity, index)
        # Two statements may have one passage, which a reader looks up once.
        listed = self._listed.setdefault(
            (source, cited.locator), _Listed(len(self._listed) + 1, place_words(passage), cited)
        )
        if cited.event:
            listed.events[cited.event] = None
        return listed.number

    def table(self, *, full: bool) -> Table:
        """All cited passages under their sources, with their words, unless ``full`` no more than a line, and events."""
        by_source: dict[Id, list[_Listed]] = {}
        for (source, _), listed in self._listed.items():
            by_source.setdefault(source, []).append(listed)
        rows: list[tuple[Line, ...]] = []
        for passages in by_source.values():
            rows.append(((), (), (Strong(capitalized(passages[0].cited.source.text)),), ()))
            rows += [_row(listed, full) for listed in passages]
        return Table(
            caption="",
            head=("No.", "Place", "Words", "Event"),
            rows=tuple(rows),
            shares=(0.06, 0.11, 0.73, 0.1),
        )


@dataclass(slots=True)
class _Listed:
    number: int
    place: str
    cited: Citation
    events: dict[int, None] = field(default_factory=dict)


def place_words(passage: Passage | Place) -> str:
    """The page of a passage, or its line where the document has no pages."""
    return f"page {passage.page}" if passage.page else f"line {passage.line}"


def _row(listed: _Listed, full: bool) -> tuple[Line, ...]:
    cited = listed.cited
    words = " ".join(cited.text.split())
    return (
        (Marked(str(listed.number), f"passage-{listed.number}"),),
        (capitalized(_without_words(cited.locator) if full else listed.place),),
        (Quotation(words if full else shorten(words, _LISTED), cited.language) if cited.attached else "not attached",),
        (", ".join(map(str, listed.events)) or "–",),
    )


_LISTED = 84
"""The most characters of a passage in the list of a brief."""


def _without_words(locator: str) -> str:
    """A place without the words there, which stand beside it.

    >>> _without_words("line 17, sentence 6, the second “ten”"), _without_words("line 12, row “bolts”")
    ('line 17, sentence 6', 'line 12, row “bolts”')
    """
    return _PLACE_OF_WORDS.sub("", locator)


_PLACE_OF_WORDS = re.compile(r", (?:the \w+ |occurrence \d+ of )?“[^”]*”$")
