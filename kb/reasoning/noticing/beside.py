"""What is told of two figures side by side? Their numbers with what came of comparing them, the same for every rule."""

from kb.domain.entity import Stance
from kb.domain.finding import Pairing
from kb.reasoning.comparing.verdict import Comparison
from kb.reasoning.noticing.mention import Mention
from kb.reasoning.noticing.notice import told_severity, weakened
from kb.reasoning.telling.side import Side, side


def side_of(mention: Mention, name: str) -> Side:
    """A mention as one side of a sentence, under ``name``; what is alleged keeps that word."""
    return side(name, mention.reading, alleged=mention.figure.stance is Stance.ALLEGED)


def pairing(
    ones: tuple[Mention, Mention], labels: tuple[str, str], came: Comparison, words: str, *, same_voice: bool = False
) -> Pairing:
    """``ones``, of which ``came`` came, told under ``labels`` with ``words``; one voice on both sides weakens it."""
    one, other = ones
    return Pairing(
        (one.figure.id,),
        (other.figure.id,),
        *labels,
        one.reading.stated,
        other.reading.stated,
        one.reading.unit,
        came.verdict,
        came.relation,
        came.ratio,
        told_severity(weakened(came.severity, [one.figure, other.figure], same_voice=same_voice)),
        words,
    )
