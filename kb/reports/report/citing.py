"""The citations of a report, and the list of the passages that they lead to."""

import re
from collections.abc import Iterable

from kb.domain.entity import Claim, Figure
from kb.domain.identity import Id
from kb.intake.passage import sentences
from kb.reports.citations import citation, current_passage, passages_of, source_of
from kb.reports.paper import Cited, Line, Marked, Place, Quotation, Table
from kb.reports.value import Citation
from kb.reports.view import View
from kb.reports.words.references import capitalized

_MOST_QUOTED = 320
"""The most characters of a source that are quoted in the text; a longer passage is cited without its words."""

_LIST_MARK = re.compile(r"^(?:\d+[.)]|[-*>•])\s+")


def quoted_words(cited: Citation) -> str:
    """What is quoted of a passage: the sentence that it is, or stands in; empty where that is too long to print."""
    whole = _LIST_MARK.sub("", " ".join(f"{cited.before}{cited.text}{cited.after}".split()))
    own = " ".join(cited.text.split())
    spoken = next((whole[start:end] for start, end in sentences(whole) if own in whole[start:end]), own)
    if cited.before.startswith("…") and spoken.startswith("…"):
        spoken = own if len(own.split()) > _MOST_EXACT_WORDS else spoken
    return next((words for words in (spoken, own) if len(words) <= _MOST_QUOTED), "")


_MOST_EXACT_WORDS = 5


class Passages:
    """The passages that a report cites, numbered in the order of first use."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._numbers: dict[tuple[Id, int], int] = {}
        self._listed: list[Citation] = []
        self.sources: dict[Id, None] = {}

    def cite(self, ids: Iterable[Id]) -> Line:
        """A space and the citation of figures and claims, each passage once; empty where none has a source."""
        places = tuple(dict.fromkeys(place for id in dict.fromkeys(ids) for place in self._places(id)))
        return (" ", Cited(places)) if places else ()

    def quotation(self, id: Id) -> Line:
        """The words of the first passage of a figure or claim, in quotation marks; empty where they are not known.

        A sentence is quoted whole; of a longer one the clause around the words that the passage points to.
        """
        entity = self._view.knowledge.figures.get(id) or self._view.knowledge.claims.get(id)
        if entity is None or source_of(self._view, entity) is None:
            return ()
        cited = citation(self._view, entity)
        words = quoted_words(cited) if cited.attached else ""
        return (Quotation(words, cited.language),) if words else ()

    def _places(self, id: Id) -> Iterable[Place]:
        known = self._view.knowledge
        entity = known.figures.get(id) or known.claims.get(id)
        source = source_of(self._view, entity) if entity else None
        if entity is None or source is None:
            return
        self.sources[source.id] = None
        for index in range(len(passages_of(entity))):
            passage = current_passage(self._view, entity, index)
            number = self._number(entity, index)
            yield Place(source=source.id, line=passage.line, page=passage.page, passage=number)

    def _number(self, entity: Figure | Claim, index: int) -> int:
        key = entity.id, index
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._listed.append(citation(self._view, entity, index))
        return self._numbers[key]

    def table(self) -> Table:
        """All cited passages with their words and the event that recorded each last."""
        rows = tuple(_row(number, cited) for number, cited in enumerate(self._listed, 1))
        return Table(
            caption="The passages cited, with the event of the log that recorded each last",
            head=("No.", "Source and place", "Words", "Event"),
            rows=rows,
            shares=(0.07, 0.3, 0.53, 0.1),
        )


def _row(number: int, cited: Citation) -> tuple[Line, ...]:
    words = Quotation(" ".join(cited.text.split()), cited.language)
    return (
        (Marked(str(number), f"passage-{number}"),),
        (capitalized(f"{cited.source.text}, {cited.locator}"),),
        (words if cited.attached else "not attached",),
        (str(cited.event) if cited.event else "–",),
    )
