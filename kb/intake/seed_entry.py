"""The entries of a seed file as they are written: the keys of their records, in that order, without empty ones.

An export, a draft and a bibliography say the same things in the same form, since all of them write through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kb.domain.passage import Passage
from kb.intake.record import FORMAT, FileRecord
from kb.intake.shape import Record, keys_of
from kb.intake.source_record import DocumentName, Inferred
from kb.intake.yaml_writer import Inline, comment, write_yaml

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
