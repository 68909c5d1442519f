"""Projections that no outcome can be held against, because a date is missing."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.entity import Figure, Measure, Source, Stance
from kb.domain.identity import Id
from kb.domain.measure_kind import MeasureKind
from kb.intake.figure import DeclaredFigure
from kb.intake.record import TIME_KEYS
from kb.intake.resolver import Resolver, SeedFile


def warn_of_undated_projections(
    declared_figures: Iterable[tuple[DeclaredFigure, SeedFile]], resolver: Resolver
) -> None:
    """Warns of projections that no outcome can be held against: for no time, or in a source without a date."""
    undated: set[Id] = set()
    for declared, seed_file in declared_figures:
        record, figure = declared.entry.record, resolver.entity(Figure, declared.entry.id or None)
        if figure is None or figure.stance is not Stance.PROJECTED or figure.depends_on:
            continue
        at = record.stance or record.id or record.spot
        measure = resolver.entity(Measure, figure.measure)
        # How long something will take is a time already.
        lasts = measure is not None and measure.kind is MeasureKind.DURATION
        if not lasts and not any(key in figure.scope for key in TIME_KEYS):
            key = next((key for key in TIME_KEYS if measure and key in measure.keys), "")
            hint = f"scope: {{{key}: 2027}}" if key else "add period or as-of to the keys of its measure, and say which"
            seed_file.warn(at, "this is projected, and nothing says for when", hint)
        source = resolver.entity(Source, figure.source)
        # One warning for a source: it is the source that lacks something.
        if source and not source.issued and source.id not in undated:
            undated.add(source.id)
            what = (
                f"this is projected, and its source '{source.slug}' has no date, which any outcome must be later than"
            )
            seed_file.warn(at, what, "write issued: at the source, if need be with inferred:")
