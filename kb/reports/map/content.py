"""What the cards of a map say: a sentence or a number, who says it, its standing, and the dispute that it rests on."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb.domain.assessment import standing_rating
from kb.domain.entity import (
    AnyEntity,
    Argument,
    Calculation,
    Claim,
    Figure,
    Input,
    InputKind,
    NodeKind,
    Question,
)
from kb.domain.event import Recorded, Revised
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.reports.map.contribution import Contributions
from kb.reports.map.graph import DENIES, ENTERS, SIDE, STEPS, TESTS, MapGraph, MapLink, MapNode, is_recorded
from kb.reports.map.outline import undecided
from kb.reports.map.results import ResultAxis, break_evens, formula_words, must_be_words, result_axis, working_words
from kb.reports.page.argument_map import Run
from kb.reports.row import finding_ref, finding_subject, standing_label
from kb.reports.value import Ref
from kb.reports.view import View
from kb.reports.words.answer import ANSWER_WORDS
from kb.reports.words.inputs import input_words
from kb.reports.words.references import (
    RETRACTED,
    amount_words,
    argument_sentence,
    capitalized,
    count_words,
    figure_amount_words,
    list_words,
    node_ref,
    premise_ref,
    ref_of,
    scope_words,
    without_marks,
)
from kb.reports.words.standings import STANDINGS
from kb.reports.words.verdicts import verdict_name, verdict_words
from kb.reports.words.voices import judged_words, speaker_words, voice_words, with_stance

WITHDRAWN = "withdrawn"

_TRIED: Mapping[str, str] = {
    WITHDRAWN: "left out here",
    "accepted": "accepted here",
    "rejected": "rejected here",
    "changed": "",
    "added": "new since then",
    "altered": "changed since then",
    "gone": "gone since then",
}
"""By what a thought experiment or time makes of a card: what the card says of it, where its standing does not."""

_SINCE: Mapping[str, str] = {"added": "added", "changed": "altered", "gone": "gone"}
"""By what became of a thing since an earlier moment, the status of its card."""


_BETWEEN_NUMBERS = (FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE, FindingKind.DRIFT)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A finding that a card rests on; ``own`` says that it is about the card's own number."""

    ref: Ref
    verdict: str
    text: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a card says.

    Attributes:
        kind: Kind of the card.
        ref: The page about it.
        heading: A word above the text; empty for none.
        text: Its sentence or number.
        style: Style of the text: ``sentence`` or ``strong``.
        notes: Lines below the text, each made of pieces.
        standing: The word for its standing; empty for none.
        status: ``withdrawn``, ``accepted``, ``rejected``, ``changed``, ``added``, ``altered``, ``gone``,
            ``defeated``, ``uncounted`` or empty.
        dispute: The dispute that it rests on; None for none.
        axis: The results of a calculation; None for all others and where there are none.
    """

    kind: str
    ref: Ref
    heading: str = ""
    text: str
    style: str = "sentence"
    notes: tuple[tuple[Run, ...], ...] = ()
    standing: str = ""
    status: str = ""
    dispute: Dispute | None = None
    axis: ResultAxis | None = None

    @property
    def is_gone(self) -> bool:
        """Whether it was retracted, so that no page is about it."""
        return self.ref == RETRACTED

    @property
    def words(self) -> str:
        """All that it says, in a row."""
        notes = (note_words(note) for note in self.notes)
        dispute = self.dispute.text if self.dispute else ""
        return ". ".join(filter(None, (self.heading, self.text.rstrip(".。"), *notes, dispute)))


def note_words(note: Sequence[Run]) -> str:
    """A line of a card as plain text."""
    return "".join(run.text for run in note)


ROLES: Mapping[str, str] = {
    "supports": "for",
    "attacks": "against",
    TESTS: "decides it",
    DENIES: "contradicts it",
    ENTERS: "goes in",
}
"""What a link makes of its tail, in a word or two."""

_ROLES_AT_ARGUMENTS: Mapping[str, str] = {"supports": "backs it", "attacks": "undercuts it"}


def role_words(link: MapLink) -> str:
    """What the tail of ``link`` does to its head: ``for``, ``undercuts it``, ``premise``; empty for a side."""
    if link.joins:
        return "premise"
    if link.kind == SIDE:
        return ""
    if link.head.node.kind is NodeKind.ARGUMENT:
        return _ROLES_AT_ARGUMENTS.get(link.kind, ROLES[link.kind])
    return ROLES[link.kind]


class Contents:
    """The contents of the cards of one map."""

    def __init__(
        self, view: View, graph: MapGraph, contributions: Contributions, recorded: "Contents | None" = None
    ) -> None:
        """Those of ``graph`` at the moment of ``view``, which under choices differ from what is ``recorded``."""
        self._view, self._graph, self._contributions, self._recorded = view, graph, contributions, recorded
        self._own_findings: dict[MapNode, Finding | None] = {}

    def first_link(self, node: MapNode) -> MapLink | None:
        """The link by which ``node`` was reached first; None for the question."""
        parent = self._graph.parents[node]
        return next((link for link in self._graph.children[parent] if link.tail == node and parent != node), None)

    def of(self, node: MapNode) -> Content:
        """What the card of ``node`` says."""
        content = self._said(node)
        if content.is_gone:
            return content
        return replace(content, dispute=self._dispute(node), status=self._status(node, content))

    def _said(self, node: MapNode) -> Content:
        view, knowledge = self._view, self._view.knowledge
        if not is_recorded(knowledge, node.node):
            return _withdrawn(view, node)
        match knowledge.by_id[node.node.id]:
            case Question() as question:
                return self._question(node, question)
            case Argument() as argument:
                return self._argument(node, argument)
            case Claim() as claim:
                return self._claim(node, claim)
            case Figure() as figure:
                return self._figure(node, figure)
            case Calculation() as calculation if node.part == STEPS:
                return _steps(view, calculation)
            case Calculation() as calculation if node.part:
                return _input(view, calculation, node.part)
            case Calculation() as calculation:
                return self._calculation(node, calculation)
            case _:
                return _withdrawn(view, node)

    def _question(self, node: MapNode, question: Question) -> Content:
        view = self._view
        if question.id != self._graph.question.id:
            text = premise_ref(view.knowledge, node.node).text
            title = ANSWER_WORDS[view.analysis.answers[question.id].word].lower()
            notes = self._lines(node, f"another question, answered {title}")
            return Content(kind="side", ref=node_ref(view.knowledge, node.node), text=text, notes=notes)
        if not node.part:
            return self._side(node)
        answer = view.analysis.answers[question.id]
        rating = standing_rating(view.knowledge.assessments_of.get(question.id, ()), answer)
        return Content(
            kind="question",
            ref=ref_of(view.knowledge, question.id),
            heading="Question",
            text=question.text,
            style="strong",
            notes=(
                (Run("answer", ANSWER_WORDS[answer.word]),),
                (Run("soft", f"certainty: {rating.certainty}"),),
            ),
        )

    def _side(self, node: MapNode) -> Content:
        arguments = [link for link in self._graph.children[node] if link.kind != TESTS]
        counting = sum(self._contributions.of(link).counts for link in arguments)
        if not arguments:
            counted = "No arguments"
        elif len(arguments) == counting:
            counted = count_words(counting, "argument").capitalize()
        else:
            counted = f"{counting or 'None'} of {len(arguments)} arguments {'counts' if counting < 2 else 'count'}"
        return Content(
            kind="side",
            ref=node_ref(self._view.knowledge, node.node),
            heading=node.node.side.capitalize(),
            text=node_ref(self._view.knowledge, node.node).text,
            style="strong",
            notes=((Run("soft", counted),),),
        )

    def _argument(self, node: MapNode, argument: Argument) -> Content:
        knowledge = self._view.knowledge
        return Content(
            kind="argument",
            ref=ref_of(knowledge, argument.id),
            text=argument_sentence(knowledge, argument),
            notes=self._lines(node, self._speakers(argument)),
            standing=self._standing(node),
        )

    def _speakers(self, argument: Argument) -> str:
        """Who says what an argument rests on; the sentence itself is the editors'."""
        knowledge = self._view.knowledge
        said = (knowledge.claims.get(node.id) or knowledge.figures.get(node.id) for node in argument.premises)
        names = dict.fromkeys(capitalized(speaker_words(one.voice)) for one in said if one)
        return list_words(tuple(names)) or "Calculation"

    def _claim(self, node: MapNode, claim: Claim) -> Content:
        open_condition = undecided(self._view, node.node)
        return Content(
            kind="claim",
            ref=ref_of(self._view.knowledge, claim.id),
            text=claim.text,
            notes=(
                *self._lines(node, capitalized(with_stance(voice_words(claim.voice), claim.stance))),
                *(((Run("soft", capitalized(open_condition)),),) if open_condition else ()),
            ),
            standing=self._standing(node),
        )

    def _figure(self, node: MapNode, figure: Figure) -> Content:
        # A bare amount says nothing to a reader: the card also says what is measured, on what, and by whom.
        knowledge = self._view.knowledge
        about = (ref_of(knowledge, figure.measure).text, capitalized(scope_words(knowledge, figure)))
        return Content(
            kind="figure",
            ref=ref_of(knowledge, figure.id),
            text=figure_amount_words(figure),
            style="strong",
            notes=(
                *((Run("plain", text),) for text in about if text),
                *self._lines(node, capitalized(voice_words(figure.voice)), with_standing=False),
            ),
        )

    @cached_property
    def _break_evens(self) -> Mapping[Id, Sequence[str]]:
        return break_evens(self._view, self._graph.question)

    def _calculation(self, node: MapNode, calculation: Calculation) -> Content:
        view = self._view
        axis = result_axis(view, self._graph.question, calculation)
        problem = without_marks(axis.problem)
        must_be = must_be_words(view, self._graph.question, calculation, lambda: self._break_evens)
        return Content(
            kind="calculation",
            ref=ref_of(view.knowledge, calculation.id),
            text=calculation.label,
            style="strong",
            notes=(
                (Run("formula", formula_words(calculation)),),
                *self._lines(node, "calculation", with_standing=False),
                *(((Run("soft", problem),),) if problem else ()),
                *((Run("plain", text),) for text in must_be),
            ),
            axis=axis if axis.rows else None,
        )

    def _lines(self, node: MapNode, voice: str, *, with_standing: bool = True) -> tuple[tuple[Run, ...], ...]:
        """The line that says what a card does, how it stands, and who says it."""
        link = self.first_link(node)
        tried = self._tried(node)
        pieces = [Run(f"role {tried}", words)] if (words := _TRIED.get(tried, "")) else []
        if link and (role := role_words(link)):
            pieces.append(Run(f"role {'premise' if link.joins else link.kind}", role))
        if tried in (WITHDRAWN, "gone"):
            pieces.append(Run("soft", voice))
            return (_joined(pieces),)
        if with_standing and (label := self._standing(node)):
            pieces.append(Run(f"standing {label}", f"{STANDINGS[label].sign} {STANDINGS[label].word}"))
            was = self._recorded._standing(node) if self._recorded else label
            if was != label and was:
                pieces.append(Run("soft", f"was {STANDINGS[was].word}"))
        if link and self._contributions.is_strongest(link):
            pieces.append(Run("standing", "strongest for this side"))
        if why := self._why_uncounted(link):
            pieces.append(Run("soft", why))
        pieces.append(Run("soft", voice))
        return (_joined(pieces),)

    def _why_uncounted(self, link: MapLink | None) -> str:
        if link is None or link.head.node.kind is not NodeKind.QUESTION or link.kind in (SIDE, TESTS):
            return ""
        contribution = self._contributions.of(link)
        if contribution.counts:
            return ""
        part = contribution.part
        if part and part.strength and part.held_back_by:
            return "not counted: its voice counts already"
        return "" if part and not part.strength and part.undercut_by else "adds nothing"

    def _standing(self, node: MapNode) -> str:
        return standing_label(self._contributions.standing(node))

    def _tried(self, node: MapNode) -> str:
        """What a thought experiment, or time, makes of a card; empty for nothing."""
        if since := self._graph.since.get(self._graph.keys[node]):
            return _SINCE[since]
        status = "" if node.part else str(self._view.status_of(node.node.id, node.node.side)).partition(" ")[0]
        return status if status in _TRIED else ""

    def _status(self, node: MapNode, content: Content) -> str:
        if tried := self._tried(node):
            return tried
        if content.standing == "defeated":
            return "defeated"
        return "uncounted" if self._why_uncounted(self.first_link(node)) else ""

    # Disputes

    def _dispute(self, node: MapNode) -> Dispute | None:
        """The foremost disagreement among the numbers that a card shows or rests on; none for the question itself."""
        if node.node.id == self._graph.question.id:
            return None
        if own := self._own_finding(node):
            return self._as_dispute(own, own=True)
        beneath = [finding for below in self._beneath(node) if (finding := self._own_finding(below))]
        foremost = min(beneath, key=lambda finding: self._view.places[finding.id], default=None)
        return self._as_dispute(foremost, own=False) if foremost else None

    def _as_dispute(self, finding: Finding, *, own: bool) -> Dispute:
        verdict = verdict_name(finding)
        subject = finding_subject(self._view, finding).text.rstrip(".")
        said = ", ".join(filter(None, (self._amounts(finding), subject)))
        return Dispute(finding_ref(self._view, finding), verdict, f"{verdict_words(finding.verdict)}: {said}", own)

    def _amounts(self, finding: Finding) -> str:
        """The first two numbers that differ in a dispute; empty where it is not between numbers."""
        if finding.kind not in _BETWEEN_NUMBERS:
            return ""
        known = self._view.knowledge.figures
        amounts = dict.fromkeys(figure_amount_words(known[id]) for id in finding.figures if id in known)
        return " against ".join(list(amounts)[:2]) if len(amounts) > 1 else ""

    def _own_finding(self, node: MapNode) -> Finding | None:
        if node not in self._own_findings:
            found = [finding for finding in self._findings(node) if finding.is_disagreement]
            self._own_findings[node] = min(found, key=lambda one: self._view.places[one.id], default=None)
        return self._own_findings[node]

    def _findings(self, node: MapNode) -> Sequence[Finding]:
        view, id = self._view, node.node.id
        if node.part:
            entry = _entry(view, id, node.part)
            measured = entry is not None and entry.kind is InputKind.MEASURE and entry.ref
            return view.findings_of_measure.get(entry.ref, ()) if entry and entry.ref and measured else ()
        match node.node.kind:
            case NodeKind.FIGURE:
                return view.findings_on.get(id, ())
            case NodeKind.CALCULATION:
                return view.findings_of_calculation.get(id, ())
            case _:
                return ()

    def _beneath(self, node: MapNode) -> Iterator[MapNode]:
        seen, waiting = {node}, deque([node])
        while waiting:
            for link in self._graph.children[waiting.popleft()]:
                # What speaks against it is not what it rests on.
                if link.tail not in seen and link.kind not in ("attacks", DENIES):
                    seen.add(link.tail)
                    waiting.append(link.tail)
                    yield link.tail


def _joined(pieces: Sequence[Run]) -> tuple[Run, ...]:
    """Pieces of a line with dots between them."""
    return tuple(run for piece in pieces for run in (Run("soft", " · "), piece))[1:]


def _withdrawn(view: View, node: MapNode) -> Content:
    """Something that was retracted and is still referred to, in the words that it had."""
    entity = _last_state(view, node.node.id)
    text = RETRACTED.text.capitalize()
    match entity:
        case Claim():
            text = entity.text
        case Figure():
            text = f"{figure_amount_words(entity)} ({ref_of(view.knowledge, entity.measure).text})"
        case Calculation():
            text = entity.label
        case _:
            pass
    note = (Run("role withdrawn", WITHDRAWN), Run("soft", " · no longer recorded"))
    return Content(kind=str(node.node.kind), ref=RETRACTED, text=text, notes=(note,), status=WITHDRAWN)


def _last_state(view: View, id: Id) -> AnyEntity | None:
    facts = (event.fact for event in reversed(view.events_of(id)))
    return next((fact.entity for fact in facts if isinstance(fact, Recorded | Revised)), None)


def _entry(view: View, calculation: Id, name: str) -> Input | None:
    known = view.knowledge.calculations.get(calculation)
    return next((entry for entry in known.inputs if entry.name == name), None) if known else None


_MOST_POSITIONS = 4


def _input(view: View, calculation: Calculation, name: str) -> Content:
    """An input that is nobody's figure: an assumption, the positions on a measure, or what nobody states."""
    knowledge, entry = view.knowledge, _entry(view, calculation.id, name)
    label = capitalized(input_words(knowledge, calculation.id, name))
    ref = (
        ref_of(knowledge, entry.ref or entry.of)
        if entry and (entry.ref or entry.of)
        else ref_of(knowledge, calculation.id)
    )
    goes_in = (Run(f"role {ENTERS}", ROLES[ENTERS]), Run("soft", f" as “{name}”"))
    if entry is None or entry.kind is InputKind.MISSING:
        return Content(
            kind="input", ref=ref, text=label, style="strong", notes=((Run("plain", "No source states it."),), goes_in)
        )
    if entry.kind is InputKind.ASSUMED:
        amount = f"{amount_words(entry.quantity)} (assumed)" if entry.quantity else "assumed"
        sure = f" · {judged_words(entry.confidence)}" if entry.confidence else ""
        return Content(
            kind="input",
            ref=ref,
            text=amount,
            style="strong",
            notes=((Run("plain", label),), (*goes_in, Run("soft", sure))),
        )
    positions = view.analysis.positions.get(entry.ref, ()) if entry.ref else ()
    figures = [
        knowledge.figures[id] for position in positions for id in position.figures[:1] if id in knowledge.figures
    ]
    said = list(dict.fromkeys(f"{figure_amount_words(figure)}, {speaker_words(figure.voice)}" for figure in figures))
    more = len(said) - _MOST_POSITIONS
    rows = [(Run("plain", text),) for text in said[:_MOST_POSITIONS]]
    if more > 0:
        rows.append((Run("soft", f"and {count_words(more, 'other position')}"),))
    return Content(kind="input", ref=ref, text=label, style="strong", notes=(*rows, goes_in))


def _steps(view: View, calculation: Calculation) -> Content:
    """The working of a calculation: every intermediate value of its first result."""
    return Content(
        kind="steps",
        ref=ref_of(view.knowledge, calculation.id),
        heading="Working",
        text="",
        notes=tuple((Run("plain", text),) for text in working_words(view, calculation)),
    )
