"""The parts that several pages share: references, citations, rows and drawings.

Texts are ready to print; coordinates are in the user units of a drawing's view box, with y growing downwards.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a page: ``kind`` and ``slug`` make its address, ``text`` its name.

    Attributes:
        on: For an argument: the path of the page that shows it (``/claims/quay/empty-seats``); its place there is
            ``#argument-`` and the slug. Empty for everything that has a page of its own.
    """

    kind: str
    slug: str
    text: str
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The place in a source where a figure or claim is stated.

    Attributes:
        source: The source, by its short title in quotation marks, or by our description of it without them.
        locator: The place in words, e.g. ``line 169, “$14,000”``.
        before: Words before the passage; empty where the document is not attached.
        text: The passage itself; likewise.
        after: Words after it; likewise.
        voice: The speaker, to stand beside the source: ``SemiAnalysis via Ed Zitron``, ``its unnamed author``.
        event: Position of the event that recorded it last; 0 where there is none.
        char_start: First character in the document; None where it is not attached.
        char_end: The character after the last; likewise.
        language: Language of the source as a BCP 47 tag, for the ``lang`` attribute of the quotation.
        by: How the place was found: ``exact``, ``neighbours``, ``position`` or ``person``; empty where not recorded.
        doubt: ``review`` or ``orphan`` where it was not found for certain in the attached document; else empty.
    """

    source: Ref
    locator: str
    before: str
    text: str
    after: str
    voice: str
    event: int
    char_start: int | None
    char_end: int | None
    language: str
    by: str = ""
    doubt: str = ""

    @property
    def attached(self) -> bool:
        """Whether the document is attached, so that the words around the passage can be shown."""
        return self.char_start is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure in a table.

    Attributes:
        ref: The figure; its text is the quantity with its hedge, e.g. ``upward of $2,000–3,000 a month``.
        as_written: The literal of the number in its source.
        scope: The scope in words, e.g. ``Anthropic, the $200 plan``; empty where none is given.
        manner: How the voice says it, and how surely, e.g. ``asserted as likely``.
        depends: How it depends on another figure, e.g. ``translates``; empty for an independent one.
        depends_on: That figure; None for an independent one.
        mentions: Number of figures that repeat, quote or translate it.
        voices: How many voices give its number, e.g. ``two voices``; empty for one; ``not counted as a
            statement`` for a negated, hypothetical or assumed one.
    """

    ref: Ref
    as_written: str
    measure: Ref
    scope: str
    source: Ref
    locator: str
    voice: str
    stance: str
    confidence: str
    manner: str
    depends: str
    depends_on: Ref | None
    mentions: int
    language: str
    voices: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim in a list with its standing, a word, and its strength from 0 to 1.

    An inference by the editors has no ``source``, and its ``locator`` is empty. ``condition`` says that the numbers do
    not decide its condition, and for how many results it holds; else it is empty. ``held_by`` says who holds it, how
    and how sure it sounds, e.g. ``Asserted by Ann Ash; read as likely``; ``manner`` says it without the voice.
    """

    ref: Ref
    source: Ref | None
    locator: str
    voice: str
    stance: str
    confidence: str
    manner: str
    held_by: str
    standing: str
    strength: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A figure that another is not compared with, and the reason in sentences."""

    figure: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class SeriesValue:
    """A number of a series with its voices; ``figures`` are the pages of those who give it."""

    text: str
    voices: str
    figures: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """What is given for one time: one number, or several where voices disagree."""

    time: str
    values: tuple[SeriesValue, ...]


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """One measure of one thing in order of time; ``subject`` says what is measured, of what."""

    finding: Ref
    subject: str
    rows: tuple[SeriesRow, ...]


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A projection whose time is over without a recorded outcome, in a sentence."""

    figure: Ref
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding in a list.

    Attributes:
        ref: The finding; its text is the explanation's first sentence.
        verdict: The name of the verdict, e.g. ``conflict``; empty for a series.
        verdict_text: The verdict in words for people.
        kind: The kind of finding in words, e.g. ``between sources``.
        severity: From 0 to 1, two decimals.
        subject: The measure or calculation that it is about.
        between: The voices whose numbers are compared, e.g. ``SemiAnalysis`` and ``commenters``.
        ruling: ``accepted …``, ``dismissed``, ``explained``, ``changed since``; empty where nobody has ruled.
        voices: How many voices give its figures, e.g. ``one voice on each side``; empty between claims.
        follows: The finding that it follows from, e.g. ``the conflict over the harvest``; None where it follows from
            none.
    """

    ref: Ref
    verdict: str
    verdict_text: str
    kind: str
    severity: str
    subject: Ref
    between: tuple[str, ...]
    explanation: str
    ruling: str
    voices: str
    follows: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationRow:
    """A calculation in a list with its result in words and the verdicts of its checks."""

    ref: Ref
    formula: str
    result: str
    verdicts: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled mark on an axis, at ``x``."""

    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number in a plot: a bar from ``x0`` to ``x1`` at height ``y``, with an arrow at each open end.

    ``x0`` and ``x1`` are equal for a single number (draw a dot). ``label`` is the number, ``source`` who says it, and
    ``scope`` what it is said of, or empty.
    """

    ref: Ref
    y: float
    x0: float
    x1: float
    open_low: bool
    open_high: bool
    label: str
    source: str
    scope: str
    stance: str
    depends: bool
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The figures of one measure on one axis; ``text`` says the same in words.

    The axis line lies at ``axis_y``, below the bars; the labels of its ticks go under it. ``unit`` names the unit in
    words; a page says beside it whether the axis is ``logarithmic``.
    """

    width: float
    height: float
    axis_y: float
    logarithmic: bool
    unit: str
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch of the argument map as a nested list, for small screens and screen readers.

    ``condition`` says of a claim that the numbers do not decide its condition; else it is empty. ``argument`` is one
    that says no more than this premise of it, and gives way to it.
    """

    role: str
    ref: Ref
    kind: str
    text: str
    standing: str
    strength: str
    children: tuple["Branch", ...]
    condition: str = ""
    argument: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event of the log in a list; ``ref`` is None where what it is about has no page."""

    position: int
    type: str
    what: str
    ref: Ref | None
    recorded_at: str
    actor: str
    reason: str
    batch: str
    hash: str
