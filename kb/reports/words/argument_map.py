"""What a source keeps of an argument map without weighing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kb.intake.aif.document import kept_document
from kb.intake.aif.reading import AifReading
from kb.reports.words.references import count_words, list_words

_KINDS: Mapping[str, str] = {
    "L": "locution",
    "YA": "illocution",
    "TA": "transition",
    "MA": "rephrase",
    "PA": "preference",
    "RA": "inference",
    "CA": "conflict",
    "I": "statement",
}
"""The types of nodes of AIF in words."""


def kept_map_words(kept: str) -> str:
    """What a source keeps of a map, as ``Argument map in AIF; not weighed: 26 locutions and 12 transitions``."""
    document = kept_document(kept)
    if document is None:
        return ""
    reading = AifReading(document)
    weighed = {node.key for node in reading.statements} | reading.stepping.keys()
    counts = Counter(_KINDS.get(node.kind, "other node") for node in document.nodes if node.key not in weighed)
    parts = tuple(count_words(number, kind) for kind, number in counts.most_common())
    return f"Argument map in AIF; not weighed: {list_words(parts)}" if parts else "Argument map in AIF"
