"""Is a new file an old one under a new name? It is likely where its entries say what those of a known file say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kb.domain.codec import canonical, plain
from kb.domain.entity import AnyEntity, kind_of
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.intake.reading import Reading

Contents = Counter[str]


def renamed_files(reading: Reading, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for each file that the base never saw, at least half of whose entries a file says that was not read."""
    known = {entity.file for entity in knowledge.by_id.values()}
    settled = {entity.file for entity in reading.entities if entity.id in knowledge.by_id}
    new = {file: place for file, place in reading.heads.items() if file not in known | settled}
    unread = known - reading.heads.keys() - {""}
    if not new or not unread:
        return
    told = {**knowledge.by_id, **{entity.id: entity for entity in reading.entities}}
    contents = _contents((entity for entity in reading.entities if entity.file in new), told)
    left = _contents((entity for entity in knowledge.by_id.values() if entity.file in unread), knowledge.by_id)
    for file, place in new.items():
        if likely := _nearest(contents.get(file, Counter()), left):
            what = f"this file says what '{likely}' said: is it a new name?"
            yield place.problem(what, f"write was: {likely} below its id, or import with --prune if it is another")


def _nearest(said: Contents, known: Mapping[str, Contents]) -> str:
    """The file that shares most entries, and half at least, with one that says ``said``; empty for none."""
    shared = {file: (said & entries).total() for file, entries in known.items()}
    likely = max(shared, key=lambda file: shared[file], default="")
    return likely if likely and shared[likely] * 2 >= max(said.total(), 1) else ""


def _contents(entities: Iterable[AnyEntity], by_id: Mapping[Any, AnyEntity]) -> dict[str, Contents]:
    """What each file says, entry by entry, in terms that hold whatever the file is called."""
    names = {id: _own_name(entity) for id, entity in by_id.items()}
    files: dict[str, Contents] = defaultdict(Counter)
    for entity in entities:
        said = _with_names(plain(entity), lambda text: names.get(text, text))
        files[entity.file][canonical({**said, "slug": _own_name(entity), "file": "", "kind": kind_of(entity)})] += 1
    return files


def _own_name(entity: AnyEntity) -> str:
    """What its file calls an entity; a source that is called as its file has no name of its own."""
    return "" if entity.slug == entity.file else entity.slug.removeprefix(f"{entity.file}/")


def _with_names(said: Any, name: Callable[[str], str]) -> Any:
    if isinstance(said, dict):
        return {key: _with_names(value, name) for key, value in said.items()}
    if isinstance(said, list):
        return [_with_names(value, name) for value in said]
    return name(said) if isinstance(said, str) else said
