"""Argument maps in AIF: written short, brought into a base and out again."""

import json
from collections.abc import Sequence
from typing import Any

from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.intake.aif.document import AifDocument
from kb.intake.aif.seed import AifDraft, aif_draft
from kb.reports.exchange.aif import aif_text
from kb.reports.exchange.selection import whole_selection
from tests.intake.round_trip import RoundTrip


def aif(nodes: str = "", edges: str = "", **more: Any) -> dict[str, Any]:
    """A map from ``1 I The ferry pays; 2 RA`` and ``1>2 2>3``."""
    described = (node.split(maxsplit=2) for node in nodes.split(";") if node.strip())
    return {
        "nodes": [{"nodeID": id, "type": kind, "text": " ".join(text) or kind} for id, kind, *text in described],
        "edges": [
            {"edgeID": str(number), "fromID": edge.split(">")[0], "toID": edge.split(">")[1], "formEdgeID": None}
            for number, edge in enumerate(edges.split(), 1)
        ],
        **more,
    }


def drafted(whole: dict[str, Any], name: str = "map") -> AifDraft:
    return aif_draft(AifDocument(whole), json.dumps(whole, indent=1), name, f"{name}.json", f"{name}.json")


def brought_in(*wholes: dict[str, Any]) -> RoundTrip:
    """A base into which each map was imported as a seed file (``map``, ``map-2``, …)."""
    base = RoundTrip()
    for number, whole in enumerate(wholes, 1):
        name = "map" if number == 1 else f"map-{number}"
        base.bring_in({f"{name}.yaml": drafted(whole, name).text})
    return base


def brought_out(knowledge: Knowledge) -> Any:
    return json.loads(aif_text(knowledge, whole_selection(knowledge), lambda node: knowledge.by_id[node.id].slug))


def warned(whole: dict[str, Any]) -> Sequence[Problem]:
    return drafted(whole).warnings


def arguments_of(knowledge: Knowledge) -> set[str]:
    """The arguments as ``n1 n2 supports n3``; those that answer the proposed question are left out."""
    short = {id: entity.slug.rsplit("/", 1)[-1] for id, entity in knowledge.by_id.items()}
    return {
        " ".join((*(short[node.id] for node in argument.premises), argument.kind, short[argument.conclusion.id]))
        for argument in knowledge.arguments.values()
        if not argument.conclusion.side
    }
