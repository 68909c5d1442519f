"""The opening of a report: the answer, what it hinges on, and the best case for each side."""

from collections.abc import Iterable, Iterator

from kb.domain.answer import Direction
from kb.domain.entity import Argument, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.reasoning.argumentation.standing import Part
from kb.reports.page import AnswerSheet
from kb.reports.paper import Block, Bullets, Emphasis, Heading, Line, Paragraph, Strong, Table, joined, sentence
from kb.reports.report.citing import Passages
from kb.reports.view import View
from kb.reports.words.argument import node_words, said_by_words
from kb.reports.words.attribution import attributed_claim, attributed_figure, opening, within_sentence
from kb.reports.words.conclusions import undecided_words
from kb.reports.words.inputs import calculation_words
from kb.reports.words.references import count_words, list_words, premise_ref
from kb.reports.words.voices import EDITORS_INFERENCE, in_brackets, is_plural_name

_MOST_HINGES = 6
_MOST_ARGUMENTS = 4
_MOST_PREMISES = 3


def answer_blocks(question: Question, answer: AnswerSheet) -> Iterator[Block]:
    """What the question means, the answer in three sentences, and what would change it."""
    if question.note:
        yield Paragraph((Emphasis(question.note),))
    yield Heading(2, "The answer", f"{question.slug}-answer")
    verdict = f"{answer.title}: {answer.side}" if answer.side else f"{answer.title}."
    concerns = " ".join(answer.concerns)
    yield Paragraph(sentence(Strong(verdict), f" Certainty is {answer.certainty}.", f" {concerns}" if concerns else ""))
    yield Paragraph((" ".join(answer.sentences[:-1]),))
    yield Heading(2, "What the answer hinges on", f"{question.slug}-hinges")
    if answer.hinges:
        yield Table(
            caption="Single changes, each of which alone would turn the answer",
            head=("Change", "Answer now", "Answer after it"),
            rows=tuple(((h.text,), (h.before,), (h.after,)) for h in answer.hinges[:_MOST_HINGES]),
            shares=(0.68, 0.16, 0.16),
        )
        if more := len(answer.hinges[_MOST_HINGES:]):
            yield Paragraph((opening(f"{count_words(more, 'further change')} would turn it as well"),))
    else:
        yield Paragraph(("No single change that was tried would turn it.",))
    if answer.tried:
        yield Paragraph((f"What comes nearest to turning it and does not: {_lowered(answer.tried[:2])}.",))


def _lowered(texts: Iterable[str]) -> str:
    return "; ".join(text[:1].lower() + text[1:].rstrip(".") for text in texts)


def case_blocks(view: View, passages: Passages, question: Question) -> Iterator[Block]:
    """The best case for each side in running text, the side that the evidence points to first."""
    yield Heading(2, "The case for each side", f"{question.slug}-sides")
    direction = view.analysis.answers[question.id].direction
    sides = question.sides[::-1] if direction is Direction.NO else question.sides
    for side in sides:
        # As a heading, the side itself would read as our verdict.
        yield Heading(
            3, f"Arguments for {side.key}: {within_sentence(view.knowledge, side.text)}", f"{question.slug}-{side.key}"
        )
        standing = view.analysis.standings.of(question.id, side.key)
        parts = [part for part in standing.supporters if part.counts] if standing else []
        parts.sort(key=lambda part: -part.strength)
        if not parts:
            yield Paragraph(("Nothing recorded counts for this side.",))
        for part in parts[:_MOST_ARGUMENTS]:
            yield Paragraph(_argument(view, passages, part))
        yield from _rest(view, passages, standing.supporters if standing else (), parts[_MOST_ARGUMENTS:])


def _argument(view: View, passages: Passages, part: Part) -> Line:
    """An argument in a paragraph: its sentence, what it rests on, what weakens it."""
    id = part.key.id
    argument = view.knowledge.arguments.get(id)
    lead = _lead(view, passages, id, argument)
    rests = [_premise(view, passages, node) for node in (argument.premises if argument else ())[:_MOST_PREMISES]]
    against = [_objection(view, passages, weighed.key.id) for weighed in part.undercut_by[:2]]
    return joined([lead, *(filter(None, rests) if argument and argument.text else ()), *against])


def _lead(view: View, passages: Passages, id: Id, argument: Argument | None) -> Line:
    if argument is not None and argument.text:
        words = node_words(view.knowledge, id)
        own = argument.source is None
        mark: Line = (" ", Emphasis("(editors’ inference)")) if own else ()
        return (Strong(f"{words}."), *mark)
    if argument is not None:
        return joined([_premise(view, passages, node) for node in argument.premises[:_MOST_PREMISES]])
    kind = NodeKind.CLAIM if id in view.knowledge.claims else NodeKind.CALCULATION
    return _premise(view, passages, Node(kind, id))


def _premise(view: View, passages: Passages, node: Node) -> Line:
    """What a voice says, with its own words and the citation; of a calculation, its result."""
    known, id = view.knowledge, node.id
    if claim := known.claims.get(id):
        quoted = passages.quotation(id)
        said = opening(attributed_claim(known, claim))
        behind = (" (", *quoted, ")") if quoted else ()
        undecided = undecided_words(known, view.analysis.results, claim)
        note = f" ({undecided})" if undecided else ""
        return (said.rstrip("."), *behind, *passages.cite((id,)), f"{note}.")
    if figure := known.figures.get(id):
        return (opening(attributed_figure(known, figure)).rstrip("."), *passages.cite((id,)), ".")
    if id in known.calculations:
        return (opening(f"it follows from the calculation of {calculation_words(known, id)}"),)
    if question := known.questions.get(id):
        side = next((side.text for side in question.sides if side.key == node.side), "")
        return (f"This rests on the answer to another question, “{question.text}” {side}",)
    return (opening(premise_ref(known, node).text),)


def _objection(view: View, passages: Passages, id: Id) -> Line:
    known = view.knowledge
    argument, cited = known.arguments.get(id), passages.cite(_evidence(view, id))
    speakers = said_by_words(known, id).removeprefix(EDITORS_INFERENCE).removeprefix(" from ")
    if argument is not None and argument.text and argument.source is None:
        # The objection is ours, and whoever is cited need not share it.
        whose = f"our objection, from what {speakers} {'say' if is_plural_name(speakers) else 'says'}"
        whose = whose if speakers else "our objection"
    else:
        whose = f"as {speakers} {'object' if is_plural_name(speakers) else 'objects'}" if speakers else "our objection"
    return (f"Against this: {within_sentence(known, node_words(known, id))} ({whose})", *cited, ".")


def _rest(view: View, passages: Passages, parts: Iterable[Part], further: list[Part]) -> Iterator[Block]:
    """The arguments that are not spelled out, each in a line: those that count, and those that are set aside."""
    known = view.knowledge
    if further:
        texts = [within_sentence(known, node_words(known, part.key.id)) for part in further]
        yield Paragraph((opening(f"it also counts that {list_words(tuple(texts))}"),))
    aside = [part for part in parts if not part.counts and part.strength]
    if aside:
        yield Paragraph((_ASIDE,))
        yield Bullets(tuple(_attributed(view, passages, part) for part in aside))
    fallen = [part for part in parts if not part.counts and not part.strength]
    if fallen:
        yield Paragraph((_FALLEN,))
        yield Bullets(tuple(_fallen(view, passages, part) for part in fallen))


def _attributed(view: View, passages: Passages, part: Part) -> Line:
    id = part.key.id
    words = in_brackets(node_words(view.knowledge, id), said_by_words(view.knowledge, id))
    return (words, *passages.cite(_evidence(view, id)), ".")


def _evidence(view: View, id: Id) -> Iterable[Id]:
    """The figures and claims that something rests on: the premises of an argument, or the claim itself."""
    argument = view.knowledge.arguments.get(id)
    return (node.id for node in argument.premises) if argument else (id,)


def _fallen(view: View, passages: Passages, part: Part) -> Line:
    against = [_objection(view, passages, weighed.key.id) for weighed in part.undercut_by[:1]]
    return joined([_attributed(view, passages, part), *against])


_ASIDE = "Set aside, because their voices already count once for this side:"
_FALLEN = "Adding nothing, because an objection defeats them or what they rest on does not hold:"
