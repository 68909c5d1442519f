"""The best case for each side in running text, and which arguments of a side count."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from kb.domain.answer import AnswerWord, Direction
from kb.domain.entity import Argument, ArgumentKind, Claim, Node, NodeKind, Question, Side
from kb.domain.identity import Id
from kb.reasoning.argumentation.standing import Part
from kb.reports.grounds import figures_in
from kb.reports.page import AnswerSheet
from kb.reports.paper import Block, Emphasis, Heading, Line, Paragraph, Table, joined
from kb.reports.report.citing import Passages
from kb.reports.row import result_words
from kb.reports.view import View
from kb.reports.words.argument import BASELESS, DEFEATED, SET_ASIDE, node_words, said_by_words
from kb.reports.words.attribution import attributed_claim, attributed_figure, opening, within_sentence
from kb.reports.words.conclusions import undecided_words
from kb.reports.words.inputs import before_verb, calculation_words
from kb.reports.words.references import capitalized, count_words, premise_ref
from kb.reports.words.voices import EDITORS_INFERENCE, in_brackets, is_plural_name

_MOST_ARGUMENTS = 4
_MOST_PREMISES = 4
_MOST_FIGURES = 2
_IN_A_PARAGRAPH = 2
_MOST_PASSAGES = 1
"""The most passages that are cited of a statement that does not count; its page has all."""


def case_blocks(view: View, passages: Passages, question: Question, answer: AnswerSheet) -> Iterator[Block]:
    """The best case for each side, the side that the evidence points to first."""
    yield Heading(2, "The case for each side", f"{question.slug}-sides")
    if answer.decision:
        yield Paragraph((answer.counted,))
    direction = view.analysis.answers[question.id].direction
    for side in question.sides[::-1] if direction is Direction.NO else question.sides:
        yield from _side(view, passages, question, side)


def _side(view: View, passages: Passages, question: Question, side: Side) -> Iterator[Block]:
    # As a heading, the side itself would read as our verdict.
    text = f"For {side.key}: {within_sentence(view.knowledge, side.text)}"
    yield Heading(3, text, f"{question.slug}-{side.key}")
    standing = view.analysis.standings.of(question.id, side.key)
    supporters = standing.supporters if standing else ()
    counting = sorted((part for part in supporters if part.counts), key=lambda part: -part.strength)
    if not counting:
        yield Paragraph(("Nothing recorded counts for this side.",))
    told = [_argument(view, passages, part) for part in counting[:_MOST_ARGUMENTS]]
    for at in range(0, len(told), _IN_A_PARAGRAPH):
        yield Paragraph(joined(told[at : at + _IN_A_PARAGRAPH]))
    if further := counting[_MOST_ARGUMENTS:]:
        counts = "also counts" if len(further) == 1 else "also count"
        lead = f"{capitalized(count_words(len(further), 'more argument'))} {counts}: "
        yield Paragraph((lead, *_listed([_attributed(view, passages, part) for part in further]), "."))


# One argument


def _argument(view: View, passages: Passages, part: Part) -> Line:
    """What somebody says, what follows from it, and what is said against that."""
    id = part.key.id
    argument = view.knowledge.arguments.get(id)
    nodes = argument.premises if argument else (_node_of(view, id),)
    said = _premises(view, passages, nodes[:_MOST_PREMISES])
    if more := len(nodes[_MOST_PREMISES:]):
        said.append((opening(f"{count_words(more, 'further premise')} must hold as well"),))
    against = [
        _objection(view, passages, weighed.key.id, lead)
        for weighed, lead in zip(part.undercut_by, _AGAINST, strict=False)
    ]
    return joined([*said, _inference(view, id, argument), *against])


def _node_of(view: View, id: Id) -> Node:
    return Node(NodeKind.CLAIM if id in view.knowledge.claims else NodeKind.CALCULATION, id)


def _inference(view: View, id: Id, argument: Argument | None) -> Line:
    """The sentence of an argument behind its premises; empty where it has none of its own."""
    if argument is None or not argument.text:
        return ()
    words = node_words(view.knowledge, id)
    if argument.source is None:
        return (f"{words} ", Emphasis(f"({_INFERENCE})"), ".")
    return (f"On this view, {within_sentence(view.knowledge, words)}.",)


def _premises(view: View, passages: Passages, nodes: Sequence[Node]) -> list[Line]:
    """Premises as sentences; successive claims that one voice makes in one manner share one."""
    lines: list[Line] = []
    for _, group in groupby(nodes, lambda node: _manner(view, node)):
        first, *others = group
        if claim := view.knowledge.claims.get(first.id):
            more = [view.knowledge.claims[node.id] for node in others]
            lines.append(_claims(view, passages, claim, more))
        else:
            lines += [_premise(view, passages, node) for node in (first, *others)]
    return lines


def _manner(view: View, node: Node) -> object:
    claim = view.knowledge.claims.get(node.id)
    return (claim.voice, claim.stance) if claim else node


def _claims(view: View, passages: Passages, first: Claim, others: Sequence[Claim]) -> Line:
    known = view.knowledge
    line: list[Line] = [_claim(view, passages, first, attributed_claim(known, first))]
    # The words of one claim give the voice; more would make the paragraph theirs.
    line += [(f", and that {within_sentence(known, other.text)}", *passages.cite((other.id,))) for other in others]
    pieces = tuple(piece for clause in line for piece in clause)
    undecided = (undecided_words(known, view.analysis.results, claim) for claim in (first, *others))
    notes = tuple(f" The numbers leave it {words}." for words in undecided if words)
    return (capitalized(str(pieces[0])), *pieces[1:], ".", *notes)


def _claim(view: View, passages: Passages, claim: Claim, words: str) -> Line:
    quoted = passages.quotation(claim.id)
    most = _MOST_PASSAGES if claim.is_editorial else None
    return (words, *((" (", *quoted, ")") if quoted else ()), *passages.cite(_evidence(view, claim.id), most))


def _premise(view: View, passages: Passages, node: Node) -> Line:
    """What a figure, a calculation or the answer to another question says."""
    known, id = view.knowledge, node.id
    if figure := known.figures.get(id):
        return (capitalized(attributed_figure(known, figure)), *passages.cite((id,)), ".")
    if calculation := known.calculations.get(id):
        result = result_words(known, view.analysis.results.get(id)) or "cannot be worked out"
        comes = result if result.startswith("cannot") else f"comes to {result}"
        words = f"Calculated from the recorded numbers, {before_verb(calculation_words(known, id))} {comes}"
        return (words, *passages.cite(figures_in(view, calculation)), ".")
    if question := known.questions.get(id):
        return (f"The answer to “{question.text}” {_ANSWERS[view.analysis.answers[id].word]}.",)
    return (opening(premise_ref(known, node).text),)


_ANSWERS = {
    AnswerWord.YES: "is yes",
    AnswerWord.LEANING_YES: "leans to yes",
    AnswerWord.OPEN: "is open",
    AnswerWord.LEANING_NO: "leans to no",
    AnswerWord.NO: "is no",
}
"""An answer as the verb of a sentence."""


_AGAINST = ("Against this", "Also against this")
"""How the objections that are told of an argument begin, the strongest first."""


def _objection(view: View, passages: Passages, id: Id, lead: str = _AGAINST[0]) -> Line:
    known = view.knowledge
    argument, cited = known.arguments.get(id), passages.cite(_evidence(view, id))
    speakers = said_by_words(known, id).removeprefix(EDITORS_INFERENCE).removeprefix(" from ")
    said = within_sentence(known, node_words(known, id))
    if not speakers or (argument is not None and argument.text and argument.source is None):
        # The objection is ours, and whoever is cited need not share it.
        citing = f", citing {speakers}," if speakers else ""
        return (f"{lead}, the editors object{_objected(said, citing)}", *cited, ".")
    verb = "object" if is_plural_name(speakers) else "objects"
    return (f"{lead}, {speakers} {verb}{_objected(said)}", *cited, ".")


def _objected(said: str, citing: str = "") -> str:
    """A clause behind a verb; one that begins with "that" itself stands behind a colon."""
    return f"{citing.rstrip(',')}: {said}" if said.startswith("that ") else f"{citing} that {said}"


def _evidence(view: View, id: Id, steps: int = 3) -> Iterator[Id]:
    """What sources say that something rests on: a figure or claim itself, or the premises behind it."""
    known = view.knowledge
    claim = known.claims.get(id)
    if calculation := known.calculations.get(id):
        yield from islice(figures_in(view, calculation), _MOST_FIGURES)
    elif argument := known.arguments.get(id):
        for node in argument.premises:
            yield from _evidence(view, node.id, steps)
    elif claim is None or not claim.is_editorial:
        yield id
    elif steps:
        # Nobody says what the editors infer; somebody says what they infer it from.
        supports = (one for one in known.arguments_to.get(id, ()) if one.kind is ArgumentKind.SUPPORTS)
        condition = (claim.holds_if.calculation,) if claim.holds_if else ()
        for behind in (*condition, *(one.id for one in supports)):
            yield from _evidence(view, behind, steps - 1)


# Which arguments count


def aside_blocks(view: View, passages: Passages, question: Question) -> Iterator[Block]:
    """The arguments that do not count, a table for each side, beside what holds them back; nothing where all count."""
    rows = tuple(row for side in question.sides for row in _aside(view, passages, question, side))
    if rows:
        yield Heading(2, "Arguments that do not count", f"{question.slug}-aside")
        yield Table(caption="", head=("For", "Argument", "Why it does not count"), rows=rows, shares=(0.07, 0.63, 0.3))


def _aside(view: View, passages: Passages, question: Question, side: Side) -> Iterator[tuple[Line, ...]]:
    standing = view.analysis.standings.of(question.id, side.key)
    supporters = standing.supporters if standing else ()
    idle = [part for part in supporters if not part.counts]
    for part in (part for part in supporters if part.counts):
        # What two arguments hold back stands beside the first of them.
        held = [one for one in idle if one.strength and one.held_back_by[:1] == (part.key,)]
        why = f"{capitalized(SET_ASIDE)} {node_words(view.knowledge, part.key.id)}"
        if held:
            yield (side.key,), _by_speaker(view, passages, held), (why,)
    for why, parts in (
        (DEFEATED, [part for part in idle if not part.strength and part.undercut_by]),
        (BASELESS, [part for part in idle if not part.strength and not part.undercut_by]),
    ):
        if parts:
            fallen = _listed([_fallen(view, passages, part) for part in parts], between=". ")
            yield (side.key,), fallen, (capitalized(why),)


def _by_speaker(view: View, passages: Passages, parts: Iterable[Part]) -> Line:
    """Arguments one after the other, those that go back to the same people together behind their names."""
    spoken: dict[str, list[Line]] = {}
    for part in parts:
        id = part.key.id
        cited = passages.cite(_evidence(view, id), _MOST_PASSAGES)
        line = (within_sentence(view.knowledge, node_words(view.knowledge, id)), *cited)
        spoken.setdefault(_inferred(said_by_words(view.knowledge, id)), []).append(line)
    return _listed([(f"{capitalized(name)}: ", *_listed(lines)) for name, lines in spoken.items()], between=". ")


def _inferred(speakers: str) -> str:
    return speakers.replace(EDITORS_INFERENCE, _INFERENCE)


def _fallen(view: View, passages: Passages, part: Part) -> Line:
    objections = [_objection(view, passages, weighed.key.id)[:-1] for weighed in part.undercut_by[:1]]
    words, *cited = _attributed(view, passages, part)
    return (capitalized(str(words)), *cited, *(piece for line in objections for piece in (". ", *line)))


def _attributed(view: View, passages: Passages, part: Part) -> Line:
    known, id = view.knowledge, part.key.id
    words = within_sentence(known, node_words(known, id))
    cited = passages.cite(_evidence(view, id), _MOST_PASSAGES)
    return (in_brackets(words, _inferred(said_by_words(known, id))), *cited)


_INFERENCE = "editors’ inference"


def _listed(lines: Sequence[Line], between: str = "; ") -> Line:
    return tuple(piece for at, line in enumerate(lines) for piece in ((between, *line) if at else line))
