"""How would a careful analyst judge it? Rows of a table, each two numbers, or several, with the verdict given by hand.

``judged.tsv`` holds pairs, ``judged_groups.tsv`` three to six figures of one measure, ``judged_time.tsv`` figures of
one measure at several times. They were written before the engine was asked, and a row is corrected only where its
reason was wrong. What stands behind a number is said in the columns "about", ``voice=Mill; as-of=2026-03``, or in
brackets behind one of several, with commas. ``vendor=each:acme,bolt`` is a number that holds for each of the two;
``quotes=left`` names the figure on the left; ``rate=7.2`` records what a dollar costs in yuan; ``issued=2024-03`` dates
the source of the figure, ``supersedes=left`` says whose source it supersedes, and ``by=alpha`` names it.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.identity import Id
from kb.domain.scope import Quantifier, ScopeSelection
from kb.intake.period import read_period
from tests.reasoning.story import figure, measure, source, term

KEYS = ("vendor", "plan", "place", "period", "as-of", "payment", "price-year")
PLACES = (term("germany", "place"), term("berlin", "place", "germany"), term("munich", "place", "germany"))
YUAN = measure("yuan-a-dollar", "CNY/USD", "exchange-rate", "as-of")
NOTHING = "nothing"
"""Verdict where no finding is made at all."""

_HERE = Path(__file__).parent
_WORST_FIRST = tuple(reversed(Verdict))
_BANDS = {"none": (0.0, 0.005), "low": (0.005, 0.225), "middle": (0.225, 0.56), "high": (0.56, 1.01)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of one measure, and what a reader should be told of them.

    Attributes:
        verdict: The verdict given by hand.
        other: A second one, where the design leaves it open; empty where it does not.
        severity: ``none``, ``low``, ``middle``, ``high``, with ``<=`` or ``>=`` before it; empty where it is not clear.
        corroborated: ``yes`` where independent voices support each other, ``no`` where they do not; empty if unclear.
        pending: Why engine and judge still differ; empty where they do not.
        why: The reason of the verdict, in plain words.
    """

    subject: str
    unit: str
    kind: str
    left: str
    right: str
    left_about: str
    right_about: str
    verdict: str
    other: str
    severity: str
    corroborated: str
    pending: str
    why: str

    @property
    def name(self) -> str:
        sides = (f"{said} [{about}]" if about else said for said, about in self._sides)
        return f"{self.subject}: {' ~ '.join(sides)}"

    @property
    def depends(self) -> bool:
        """Whether one side is a mention of the other, so that the sides cannot change places."""
        return "=left" in self.right_about

    @property
    def in_two_currencies(self) -> bool:
        """Whether a rate recorded for another row would join the sides."""
        return self.subject == "currency"

    @property
    def swapped(self) -> "Pair":
        return replace(self, left=self.right, right=self.left, left_about=self.right_about, right_about=self.left_about)

    @property
    def _sides(self) -> tuple[tuple[str, str], tuple[str, str]]:
        return (self.left, self.left_about), (self.right, self.right_about)

    def entities(self, of: str = "m") -> list[AnyEntity]:
        """The measure called ``of``, its figures ``of-left`` and ``of-right``, and a rate where one is recorded."""
        told: list[AnyEntity] = [*PLACES, measure(of, self.unit, self.kind, *KEYS)]
        abouts = [_parsed(about) for _, about in self._sides]
        # The sources of most rows are the same two, of which no row may say when they appeared.
        before = f"{of}-" if _dated(abouts) else ""
        names = {"left": f"{before}alpha", "right": f"{before}beta"}
        for (side, name), (said, _), about in zip(names.items(), self._sides, abouts, strict=True):
            by = f"{before}{about.pop('by')}" if "by" in about else name
            if before:
                told.append(_source(by, about, names))
            told += _said(said, about, unit=self.unit, of=of, id=f"{of}-{side}", by=by)
        return told


@dataclass(frozen=True, slots=True)
class Several:
    """Three to six figures of one measure.

    Attributes:
        figures: ``a: 11-19; b: 15-25 [vendor=acme]``; each source is called as its figure.
        told: What must be told: ``a/b conflict``, or ``a+b+c corroborated``.
        untold: What must not.
    """

    subject: str
    unit: str
    kind: str
    figures: str
    told: str
    untold: str
    pending: str
    why: str

    @property
    def name(self) -> str:
        return f"{self.subject}: {self.figures}"

    def entities(self, order: int = 1) -> list[AnyEntity]:
        """All that is told; with -1 the figures are told the other way round."""
        return [*PLACES, measure("m", self.unit, self.kind, *KEYS), *_several(self.figures, self.unit)[::order]]


@dataclass(frozen=True, slots=True)
class Dated:
    """Figures of one measure at several times, or for a time that has passed.

    Attributes:
        figures: As those of ``Several``.
        newest: When the newest source appeared, where that is none of theirs.
        told: All that must be told: ``a/b missed``; ``b+c series``; ``a/b replaced``, the reason why the two are not
            compared; ``a overdue``. Nothing else may be.
        says: What a reader is told of them, in part, divided by ``|``; the words are the engine's own.
        alternative: What else could be told, with its reason, where the design leaves it open.
        why: The reason of the verdict, in plain words.
    """

    subject: str
    unit: str
    kind: str
    figures: str
    newest: str
    told: str
    says: str
    alternative: str
    why: str

    @property
    def name(self) -> str:
        return f"{self.subject}: {self.figures}"

    def entities(self) -> list[AnyEntity]:
        """The measure called ``m``, its figures, and the newest source."""
        newest = [source("newest", issued=self.newest)] if self.newest else []
        return [*PLACES, *newest, measure("m", self.unit, self.kind, *KEYS), *_several(self.figures, self.unit)]


def pairs() -> tuple[Pair, ...]:
    """The rows of ``judged.tsv``, in order."""
    return tuple(Pair(*row) for row in _rows("judged.tsv"))


def several() -> tuple[Several, ...]:
    """The rows of ``judged_groups.tsv``, in order."""
    return tuple(Several(*row) for row in _rows("judged_groups.tsv"))


def dated() -> tuple[Dated, ...]:
    """The rows of ``judged_time.tsv``, in order."""
    return tuple(Dated(*row) for row in _rows("judged_time.tsv"))


def _rows(name: str) -> Iterator[list[str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        yield from rows


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _parsed(about: str) -> dict[str, str]:
    named = (part.partition("=") for part in _parts(about))
    return {name: said for name, _, said in named}


def _several(text: str, unit: str) -> list[AnyEntity]:
    """The figures of ``a: 11-19; b: 15-25 [vendor=acme, voice=Mill]``, with the sources of all if one is dated."""
    parts = [re.fullmatch(r"(\w): (.*?)(?: \[(.*)\])?", part).groups("") for part in _parts(text)]  # type: ignore[union-attr]
    read = [(id, said, _parsed(about.replace(", ", ";"))) for id, said, about in parts]
    names = {id: about.pop("by", f"source-{id}") for id, _, about in read}
    sources = [_source(names[id], about, names) for id, _, about in read] if _dated(a for *_, a in read) else []
    figures = [
        entity for id, said, about in read for entity in _said(said, about, unit=unit, of="m", id=id, by=names[id])
    ]
    return [*sources, *figures]


def _dated(abouts: Iterable[dict[str, str]]) -> bool:
    """Whether it matters when the sources of some figures appeared, or which supersedes which."""
    return any("issued" in about or "supersedes" in about for about in abouts)


def _source(by: str, about: dict[str, str], names: dict[str, str]) -> AnyEntity:
    """The source ``by``, which speaks for itself, with its date and what it supersedes."""
    older = names.get(about.pop("supersedes", ""))
    return source(by, title=by.capitalize(), issued=about.pop("issued", ""), supersedes=older)


def _said(said: str, about: dict[str, str], *, unit: str, of: str, id: str, by: str) -> Iterator[Figure | AnyEntity]:
    """The figure, with what stands behind it."""
    if rate := about.pop("rate", ""):
        yield YUAN
        yield figure(f"{rate} yuan per dollar", of=YUAN.id, by="bank", as_of=_time(about["as-of"]))
    keys = {key.replace("-", "_"): _scope(key, about.pop(key)) for key in KEYS if key in about}
    named = {key: value.replace("left", f"{of}-left") for key, value in about.items()}
    yield figure(said, **{"id": id, "of": of, "by": by, "unit": unit, **named}, **keys)  # type: ignore[arg-type]


def said_with(said: str, about: str, *, unit: str, of: str, id: str, by: str) -> Iterator[Figure | AnyEntity]:
    """The figure ``id`` of the measure ``of``, with what ``about`` says of it."""
    yield from _said(said, _parsed(about), unit=unit, of=of, id=id, by=by)


def _scope(key: str, said: str) -> ScopeSelection:
    if key in ("period", "as-of"):
        return _time(said)
    quantifier, _, names = said.rpartition(":")
    return ScopeSelection(terms=tuple(map(Id, names.split(","))), quantifier=Quantifier(quantifier or "one"))


def _time(said: str) -> ScopeSelection:
    found = read_period(said)
    assert isinstance(found, ScopeSelection), found
    return found


def verdict(found: Sequence[Finding]) -> str:
    """The worst verdict of ``found``; ``nothing`` where there is none, as of a series."""
    return str(min((one.verdict for one in found if one.verdict), key=_WORST_FIRST.index, default=NOTHING))


def severity(found: Sequence[Finding]) -> float:
    """The highest severity of ``found``; 0 where there is nothing."""
    return float(max((one.severity for one in found), default=0))


def corroborated(found: Sequence[Finding]) -> list[Finding]:
    """Those of ``found`` that say that independent voices support each other."""
    return [one for one in found if one.kind is FindingKind.CORROBORATION]


def in_band(severity: float, band: str) -> bool:
    """Whether ``severity`` lies in ``band``: ``low``, ``<=low``, ``>=middle``; the words are those of the pages."""
    least, most = _BANDS[band.lstrip("<>=")]
    return (band.startswith("<=") or severity >= least) and (band.startswith(">=") or severity < most)


def holds(found: Sequence[Finding], saying: str) -> bool:
    """Whether ``found`` tells ``saying``: ``a/b conflict`` of two figures, or ``a+b corroborated`` of all named."""
    between, _, word = saying.rpartition(" ")
    if word == "corroborated":
        return any(set(between.split("+")) <= set(one.figures) for one in corroborated(found))
    left, right = between.split("/")
    return any(
        pairing.verdict == word
        and ((left in pairing.left and right in pairing.right) or (right in pairing.left and left in pairing.right))
        for one in found
        for pairing in one.pairings
    )


def sayings(text: str) -> list[str]:
    """``a/b conflict; b/c tension`` as its parts."""
    return _parts(text)
