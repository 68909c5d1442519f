"""Projections that no outcome can be held against, because a date is missing, and those for a time that was over."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.entity import NON_COMMITTAL_STANCES, Figure, Measure, Source, Stance
from kb.domain.identity import Id
from kb.domain.measure_kind import MeasureKind
from kb.domain.scope import ScopeSelection
from kb.intake.diagnostics import Marked
from kb.intake.figure import DeclaredFigure, full_voice
from kb.intake.period import read_period
from kb.intake.record import TIME_KEYS
from kb.intake.resolver import Resolver, SeedFile


def warn_of_doubtful_projections(
    declared_figures: Iterable[tuple[DeclaredFigure, SeedFile]], resolver: Resolver
) -> None:
    """Warns of projections for no time, in a source without a date, or for a time that was over when it appeared."""
    declared = [
        (entry, figure, seed_file)
        for entry, seed_file in declared_figures
        if (figure := resolver.entity(Figure, entry.entry.id or None))
    ]
    known = {
        (figure.source, figure.measure, _time(figure))
        for _, figure, _ in declared
        if figure.stance is not Stance.PROJECTED and figure.stance not in NON_COMMITTAL_STANCES
    }
    undated: set[Id] = set()
    for entry, figure, seed_file in declared:
        if figure.stance is not Stance.PROJECTED or figure.depends_on:
            continue
        record = entry.entry.record
        at = record.stance or record.id or record.spot
        _warn_of_no_time(at, figure, seed_file, resolver)
        source = resolver.entity(Source, figure.source)
        # One warning for a source: it is the source that lacks something.
        if source and not source.issued and source.id not in undated:
            undated.add(source.id)
            what = (
                f"this is projected, and its source '{source.slug}' has no date, which any outcome must be later than"
            )
            seed_file.warn(at, what, "write issued: at the source, if need be with inferred:")
        # What a source gives beside the outcome was projected earlier.
        if source and (figure.source, figure.measure, _time(figure)) not in known:
            _warn_of_time_past(at, figure, source, seed_file)


def _warn_of_no_time(at: Marked, figure: Figure, seed_file: SeedFile, resolver: Resolver) -> None:
    measure = resolver.entity(Measure, figure.measure)
    # How long something will take is a time already.
    lasts = measure is not None and measure.kind is MeasureKind.DURATION
    if lasts or any(key in figure.scope for key in TIME_KEYS):
        return
    key = next((key for key in TIME_KEYS if measure and key in measure.keys), "")
    hint = f"scope: {{{key}: 2027}}" if key else "add period or as-of to the keys of its measure, and say which"
    seed_file.warn(at, "this is projected, and nothing says for when", hint)


def _warn_of_time_past(at: Marked, figure: Figure, source: Source, seed_file: SeedFile) -> None:
    """Warns where a source projects something in its own voice for a time before it appeared."""
    time, appeared = _time(figure), read_period(source.issued)
    # A newspaper may well look back at what others had projected.
    own = figure.voice.origin == full_voice(None, source).origin
    if not own or time is None or time.end is None or not isinstance(appeared, ScopeSelection):
        return
    if appeared.start and time.end < appeared.start:
        what = f"this is projected for {time.text}, which was over when its source appeared ({source.issued})"
        hint = "write stance: estimated or reported, if it is not projected, or voice: whose projection it is"
        seed_file.warn(at, what, hint)


def _time(figure: Figure) -> ScopeSelection | None:
    return next((figure.scope[key] for key in TIME_KEYS if key in figure.scope), None)
