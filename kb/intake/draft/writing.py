"""How is a draft written down? As a seed file in which everything guessed carries a remark that says so."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.entity import Stance
from kb.intake.draft.drafting import Draft, DraftClaim, DraftFigure
from kb.intake.draft.guess import StanceGuess
from kb.intake.draft.measure import DraftMeasure, Likeness
from kb.intake.emit import Remarked, comment, emit
from kb.intake.phrase import Written, spelled

_HEAD = """
A draft. Every figure stands where the document has it; all that carries the remark "guess" was guessed from the words
around it. Look through measures, voices and stances, put each claim that begins with DRAFT: into your own words or
delete it, and take out figures that do not matter. Then: kb check, kb import.
"""

_LONGEST = 500
"""Characters of a sentence that are shown above its stub."""


def written(file: str, source: Written, draft: Draft, notes: Iterable[str] = ()) -> str:
    """The text of the seed file ``file``; it passes ``kb check`` as it stands.

    Args:
        file: Id of the file, free in the base.
        source: Its source, as keys and texts.
        draft: Its entries.
        notes: What else the reader should know; comments at the head of the file.
    """
    data = spelled(
        kb="1",
        id=file,
        source=source,
        measures=[_measure(measure) for measure in draft.measures],
        figures=[_figure(figure) for figure in draft.figures],
        claims=[_claim(claim) for claim in draft.claims],
    )
    lost = [f"Left out, line {one.line}: {one.literal} ({one.why})." for one in draft.left_out]
    head = [line for note in (_HEAD, *notes, *lost) for line in comment(" ".join(note.split()))]
    return "\n".join([*head, emit(data)])


def _measure(measure: DraftMeasure) -> Written:
    return spelled(
        id=Remarked(measure.slug, "guess" + _near(measure.near)),
        label=measure.label,
        unit=measure.unit,
        kind=Remarked(str(measure.kind), "guess"),
    )


def _near(near: tuple[Likeness, ...]) -> str:
    return "; perhaps " + ", ".join(f"{one.slug} ({one.score})" for one in near) if near else ""


def _figure(figure: DraftFigure) -> Written:
    measure = figure.measure
    like = f", {measure.near[0].score} of 100 alike" if measure.known else ""
    also = [str(passage) for passage in figure.also]
    return spelled(
        id=figure.id,
        measure=Remarked(measure.slug, "guess" + like),
        value=figure.value,
        at=str(figure.passage),
        also=also[0] if len(also) == 1 else also,
        voice=Remarked(figure.voice, "guess") if figure.voice else None,
        stance=_stance(figure.stance),
    )


def _stance(guess: StanceGuess | None) -> Remarked | None:
    if guess is None or guess.stance is Stance.ASSERTED:
        return None
    return Remarked(str(guess.stance), f"guess: {guess.cue}")


def _claim(claim: DraftClaim) -> Written:
    return spelled(
        id=claim.id,
        text=Remarked(claim.text, f"The document: {_shortened(claim.sentence)}"),
        at="; ".join(map(str, claim.passages)),
        voice=Remarked(claim.voice, "guess") if claim.voice else None,
        stance=_stance(claim.stance),
    )


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST].rstrip()} …"
