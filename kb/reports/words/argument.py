"""Arguments in words: what they say, who says it, and under whose word they count."""

from functools import partial

from kb.domain.entity import EDITORS, Node, NodeKind, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.standing import Part
from kb.reasoning.findings.origin import origin_of, unnamed_speakers
from kb.reports.words.inputs import label_within_sentence
from kb.reports.words.references import (
    argument_words,
    figure_amount_words,
    list_words,
    node_ref,
    premise_ref,
    ref_of,
    without_stop,
)
from kb.reports.words.voices import EDITORS_INFERENCE, name_words, voice_words

SET_ASIDE = "set aside; the same voice already counts for:"
DEFEATED = "adds nothing: an objection defeats it"
BASELESS = "adds nothing: what it rests on does not hold"
"""Why an argument does not count, before the arguments that hold it back where there are any."""


def node_words(knowledge: Knowledge, id: Id) -> str:
    """The sentence of a claim or an argument, or what the argument rests on, without a full stop; of a calculation its
    name.
    """
    argument = knowledge.arguments.get(id)
    if argument is None:
        return without_stop(ref_of(knowledge, id).text)
    return argument_words(argument, partial(_premise_words, knowledge))


def _premise_words(knowledge: Knowledge, node: Node) -> str:
    # A bare amount would not say of what it is. The voices stand beside the argument, as its origins.
    if figure := knowledge.figures.get(node.id):
        measured = label_within_sentence(knowledge, ref_of(knowledge, figure.measure).text)
        return f"{figure_amount_words(figure)} ({measured})"
    named = premise_ref if node.kind is NodeKind.QUESTION else node_ref
    return without_stop(named(knowledge, node).text)


def said_by_words(knowledge: Knowledge, id: Id) -> str:
    """Who says what ``node_words`` gives of a claim or an argument, e.g. ``Editors' inference from Ann Ash``.

    The sentence of an argument is written by the editors of the base; without one, its premises speak for it.
    """
    argument = knowledge.arguments.get(id)
    if argument is None:
        return ", ".join(_speakers(knowledge, id))
    premises = dict.fromkeys(name for node in argument.premises for name in _speakers(knowledge, node.id))
    if not argument.text:
        return list_words(tuple(premises))
    # "From DeepSeek via Ann and Ann" would read as if DeepSeek were heard through both.
    named = tuple(sorted((name for name in premises if name != EDITORS_INFERENCE), key=lambda name: " via " in name))
    return f"{EDITORS_INFERENCE} from {list_words(named)}" if named else EDITORS_INFERENCE


def _speakers(knowledge: Knowledge, id: Id) -> tuple[str, ...]:
    statement = knowledge.claims.get(id) or knowledge.figures.get(id)
    if statement:
        return (voice_words(statement.voice),)
    # A calculation, or the answer to another question, is nobody's word.
    return (f"the calculation “{ref_of(knowledge, id).text}”",) if id in knowledge.calculations else ()


def counted_as_words(knowledge: Knowledge, part: Part) -> str:
    """Under whose word an argument counts, and why where that is somebody else; empty where it is just who says it."""
    names = tuple(_origin_words(knowledge, name) for name in part.origins)
    said_by = said_by_words(knowledge, part.key.id)
    if all(name in said_by for name in names):
        return ""
    speakers = _speaker_names(knowledge, part.key.id)
    if not speakers:
        return f"{list_words(names)}, on whose evidence it rests"
    # Whatever bears a statement out can stand for it, so that its own voice is left for another argument.
    if not speakers.isdisjoint(part.origins):
        return list_words(names)
    rests = _is_inferred(knowledge, part.key.id)
    return f"{list_words(names)}, {'on whose evidence it rests' if rests else 'whose evidence shows it too'}"


def _is_inferred(knowledge: Knowledge, id: Id) -> bool:
    """Whether all that an argument rests on are claims that somebody infers."""
    argument = knowledge.arguments.get(id)
    claims = [knowledge.claims.get(node.id) for node in argument.premises] if argument else [knowledge.claims.get(id)]
    return all(claim is not None and claim.stance is Stance.DERIVED for claim in claims)


def _origin_words(knowledge: Knowledge, name: str) -> str:
    described = (source for source in knowledge.sources.values() if "title" in source.inferred)
    works = (source.short_title for source in described if unnamed_speakers(source.short_title) == name)
    return next((f"unnamed speakers in {work}" for work in works), name_words(name))


def _speaker_names(knowledge: Knowledge, id: Id) -> frozenset[str]:
    """The names of those whose word an argument is, as origins have them; empty where it is nobody's."""
    argument = knowledge.arguments.get(id)
    ids = [node.id for node in argument.premises] if argument else [id]
    statements = [knowledge.claims.get(id) or knowledge.figures.get(id) for id in ids]
    origins = [origin_of(knowledge, statement) for statement in statements if statement and statement.voice != EDITORS]
    return frozenset(name for origin in origins for name in (origin.name, unnamed_speakers(origin.work)))
