"""The entries of a seed file as they are written: the keys of their records, in that order, without empty ones.

An export, a draft and a bibliography say the same things in the same form, since all of them write through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kb.domain.entity import Figure, Input, Source, Voice
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.intake.figure import DIRECTLY, full_voice, is_of_editors
from kb.intake.record import FORMAT, FileRecord
from kb.intake.shape import Record, keys_of
from kb.intake.source_record import DocumentName, Inferred
from kb.intake.yaml_writer import Inline, comment, write_yaml
from kb.numbers import NotationError, read_quantity, write_quantity

Written = dict[str, Any]
"""An entry as mappings, lists and texts."""


def written_entry(record: type[Record], **keys: Any) -> Written:
    """``keys`` in the order of the fields of ``record``, without those that say nothing.

    Args:
        record: The entry's record, e.g. ``FigureRecord``.
        keys: Text, list or mapping by key, with ``_`` for ``-``.

    Raises:
        ValueError: the record has no such key.
    """
    stated = {name.replace("_", "-"): value for name, value in keys.items() if value not in (None, "", [], {})}
    names = keys_of(record)
    if unknown := stated.keys() - names.keys():
        raise ValueError(f"{record.__name__} has no key {', '.join(sorted(unknown))}")
    return {name: stated[name] for name in names if name in stated}


def seed_text(id: str, head: Iterable[str] = (), **sections: Any) -> str:
    """The text of the seed file ``id``.

    Args:
        id: The file's identity.
        head: Paragraphs for the reader, as comments at the top.
        sections: What the file holds, by the keys of ``FileRecord``.
    """
    lines = [line for paragraph in head for line in comment(" ".join(paragraph.split()))]
    return "\n".join([*lines, write_yaml(written_entry(FileRecord, kb=FORMAT, id=id, **sections))])


def one_or_list(texts: Sequence[Any]) -> Any:
    """The only one of ``texts`` by itself, several as a list; None for none."""
    return (texts[0] if len(texts) == 1 else list(texts)) if texts else None


def written_places(passages: Iterable[Passage]) -> str:
    """The value of ``at``, e.g. ``L167; L169``."""
    return "; ".join(map(str, passages))


def written_document(sha256: str) -> Inline | None:
    """The value of ``document``; None without a document."""
    return Inline(written_entry(DocumentName, sha256=sha256)) if sha256 else None


def written_inference(key: str, texts: Sequence[str], reason: str | None) -> Any:
    """The value of ``key`` of a source: ``texts`` alone, or with the ``reason`` for which they were inferred."""
    if reason is None or not texts:
        return one_or_list(texts)
    field = {"author": "name" if len(texts) == 1 else "names", "issued": "date"}.get(key, "value")
    return Inline(written_entry(Inferred, **{field: one_or_list(texts)}, inferred=reason))


DEFAULT_CONFIDENCE = "roughly even"


def amount_text(quantity: Quantity, unit: str, units: Units, fallbacks: Iterable[str] = ()) -> str:
    """``quantity`` as a person would write it for a measure in ``unit``.

    Its literal or else one of ``fallbacks`` is taken, if reading it gives the same quantity.
    """
    texts = (text for text in (quantity.as_written, *fallbacks) if _reads_as(text, quantity, unit, units))
    return next(texts, None) or write_quantity(quantity)


def _reads_as(text: str, quantity: Quantity, unit: str, units: Units) -> bool:
    if not text or text != text.strip() or "_" in text or (len(text) > 1 and text[0] == "0" and text.isdigit()):
        return False
    try:
        return replace(read_quantity(text, unit, units), as_written="") == replace(quantity, as_written="")
    except NotationError:
        return False


def literal_text(figure: Figure, value: str) -> str | None:
    """The literal; None where the place or the value shows it."""
    implied = figure.passage.exact or value
    return None if figure.quantity.as_written == implied else figure.quantity.as_written


def voice_text(voice: Voice, inherited: Voice | None, source: Source) -> str | None:
    """The shortest text that is read as ``voice`` in ``source``; None where none is needed."""
    if full_voice(inherited, source) == voice:
        return None
    # Reading adds the authors of the source to a voice, unless it is told that they did not pass it on. The bare word
    # "editors" would be those of the base.
    candidates = (replace(voice, via=voice.via[:-1]), voice, replace(voice, via=DIRECTLY))
    texts = (str(candidate) for candidate in candidates if full_voice(candidate, source) == voice)
    return next((text for text in texts if not is_of_editors(text)), str(voice))


def assumption_text(assumption: Input, units: Units) -> str:
    """An assumed input with its confidence, e.g. ``25% (assumed, likely)``."""
    quantity, confidence = assumption.quantity, str(assumption.confidence or DEFAULT_CONFIDENCE)
    if quantity is None:
        return "missing"
    amount = amount_text(quantity, "1", units)
    return f"{amount} (assumed)" if confidence == DEFAULT_CONFIDENCE else f"{amount} (assumed, {confidence})"
