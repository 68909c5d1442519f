"""What an entity refers to is declared once for each kind, and nothing is forgotten."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain import entity as entities
from kb.domain.entity import KINDS, AnyEntity, Condition, Input, InputKind
from kb.domain.identity import Id
from kb.domain.references import (
    REFERENCES,
    Kind,
    Role,
    ids_in_role,
    ids_of_own_kind,
    references,
    unit_texts,
    with_ids,
)
from tests.pair.reading import knowledge
from tests.reasoning.story import (
    argument,
    calculation,
    claim,
    figure,
    match,
    measure,
    quantity,
    question,
    source,
    term,
)

STORY: tuple[AnyEntity, ...] = (
    source("copy", translation_of=Id("deck")),
    measure("fee"),
    term("anthropic", part_of="firms"),
    match("both", "fee", "price"),
    figure("$8k/month", id="b", by="memo", of="fee", repeats="a", vendor="anthropic"),
    claim("cheap", denies=("dear",)),
    calculation("twice", "2 * x", x="measure fee", checks=("b",)),
    calculation("once", "x", x=Input(name="", kind=InputKind.ASSUMED, quantity=quantity("$1/month"), of=Id("fee"))),
    replace(question(), decided_by=Condition(Id("twice"), "<", quantity("$5/month"))),
)


def id_fields(holder: type, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every path from ``holder`` to a field of type ``Id``; an entity's own id is none."""
    hints = get_type_hints(holder, vars(entities))
    named = {field.name: hints[field.name] for field in fields(holder)}
    paths = set()
    for name, hint in named.items():
        for part in parts_of(hint):
            if part is Id and (path or name != "id"):
                paths.add((*path, name))
            elif is_dataclass(part):
                paths |= id_fields(part, (*path, name))
    return paths


def parts_of(hint: Any) -> set[Any]:
    return {hint}.union(
        *(parts_of(part) for part in get_args(hint) if part is not Ellipsis and not isinstance(part, str))
    )


def test_every_kind_says_what_it_refers_to() -> None:
    assert list(REFERENCES) == list(KINDS.values())


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_field_that_holds_an_id_is_declared(kind: Kind) -> None:
    assert {declared.path for declared in REFERENCES[kind]} == id_fields(kind)


def test_references_lead_to_entities_of_a_declared_kind() -> None:
    known = knowledge(attached=False)
    for entity in known.by_id.values():
        kinds = {declared.role: declared.kinds for declared in REFERENCES[type(entity)]}
        for reference in references(entity):
            assert type(known.by_id[reference.id]) in kinds[reference.role]


def test_a_figure_refers_to_its_source_measure_scope_and_what_it_repeats() -> None:
    repeating = figure("$8k/month", id="b", by="memo", of="fee", repeats="a", vendor="anthropic")
    assert list(references(repeating)) == [
        (Role.PUBLISHER, "memo"),
        (Role.MEASURED, "fee"),
        (Role.SCOPE, "anthropic"),
        (Role.REPEATED, "a"),
    ]
    assert ids_in_role(repeating, Role.REPEATED, Role.MEASURED) == ("fee", "a")


def test_only_what_can_go_in_a_circle_is_of_its_own_kind() -> None:
    assert ids_of_own_kind(claim("cheap", denies=("dear",))) == ()
    assert ids_of_own_kind(calculation("twice", "2 * x", x="calculation once", checks=("b",))) == ("once",)
    assert ids_of_own_kind(argument("undercut", "argument:why", "claim:dear")) == ("dear", "why")


@given(st.sampled_from(STORY))
def test_new_ids_take_the_places_of_the_old_ones(entity: AnyEntity) -> None:
    renamed = with_ids(entity, lambda old: Id(f"new-{old}"))
    assert [id for _, id in references(renamed)] == [f"new-{id}" for _, id in references(entity)]
    assert with_ids(renamed, lambda new: Id(new.removeprefix("new-"))) == entity
    assert with_ids(entity, lambda same: same) is entity


def test_scope_values_that_become_one_count_once() -> None:
    both = figure("$8k/month", id="b", vendor=("acme", "acme-inc"))
    merged = with_ids(both, lambda old: Id("acme") if old == "acme-inc" else old)
    assert ids_in_role(merged, Role.SCOPE) == ("acme",)


def test_amounts_are_stated_in_units() -> None:
    assert list(unit_texts(figure("$8k/month", id="b"))) == ["USD/month"]
    assert list(unit_texts(measure("fee", "USD/month"))) == ["USD/month"]
    assert list(unit_texts(source("deck"))) == []
    assert list(unit_texts(replace(question(), decided_by=Condition(Id("twice"), "<", quantity("5 days"))))) == ["day"]
