"""The JSON Schema of seed files, for editors that complete and check them."""

from __future__ import annotations

from typing import Any

from kb.intake.record import FILE

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a seed file. Texts may also be numbers or booleans, which the loader reads as texts."""
    return {
        "$schema": DIALECT,
        "title": "Seed file",
        "description": "Sources, figures, claims, arguments and calculations as people write them.",
        **FILE.schema(),
    }
