"""The key ``aif`` of a seed file: whether it holds a map, and whether entries name nodes of it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.identity import Id
from kb.domain.problem import Problem
from kb.intake.aif.document import AifDocument, decoded_json, is_aif
from kb.intake.record import ArgumentRecord, ClaimRecord
from kb.intake.resolver import SeedFile
from kb.intake.shape import Scalar


def kept_map(source: Id, seed_file: SeedFile) -> str:
    """The map that ``seed_file`` keeps, if ``source`` is its main source; empty for none."""
    stated = seed_file.record.aif
    return stated.text if stated and seed_file.sources[:1] == [source] else ""


def check_map(seed_file: SeedFile) -> None:
    """Notes where ``aif`` is no map or belongs to no source, and entries that name no node of it."""
    stated = seed_file.record.aif
    document = _document(stated, seed_file) if stated else None
    if stated and not seed_file.has_source:
        seed_file.note(stated, "a map belongs to a source", "add the source that the map is: source: {…}")
    if stated and document is None:
        return
    named: dict[str, str] = {}
    for record, is_claim in _records(seed_file):
        if record.aif is None:
            continue
        key = record.aif.text
        node = document.by_key.get(key) if document else None
        if document is None:
            seed_file.note(record.aif, "this names a node, and the file keeps no map", "leave it out, or add aif:")
        elif node is None:
            seed_file.note(record.aif, f"the map under aif: has no node '{key}'", "leave it out")
        elif not (node.is_statement if is_claim else node.is_step):
            hint = "a claim is a node I with a text" if is_claim else "an argument is a node RA or CA"
            seed_file.note(record.aif, f"the node '{key}' is of type {node.kind or 'unknown'}", hint)
        elif is_claim and key in named:
            seed_file.note(record.aif, f"'{named[key]}' is the node '{key}' already", "leave it out of one of them")
        named[key] = record.id.text if record.id else ""


def _records(seed_file: SeedFile) -> Iterator[tuple[ClaimRecord | ArgumentRecord, bool]]:
    """The claims and arguments of a file, and which of the two each is."""
    yield from ((record, True) for record in seed_file.record.claims)
    yield from ((record, False) for record in seed_file.record.arguments)


def _document(stated: Scalar, seed_file: SeedFile) -> AifDocument | None:
    decoded = decoded_json(stated.text, seed_file.path)
    if isinstance(decoded, Problem):
        seed_file.note(stated, decoded.what, "put back what stood under aif:, as it came")
        return None
    if not is_aif(decoded):
        seed_file.note(stated, "this is JSON, but no argument map in AIF", "a map has nodes and edges")
        return None
    return AifDocument(decoded)
