"""Reasoning gives facts: a sentence is made in reports, when it is shown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REASONING = Path(__file__).parents[2] / "kb" / "reasoning"
SPELLED_IN_DIGESTS = {"_digest_token"}
"""Functions whose words no reader sees, and which rulings are bound to."""


def composed_sentences(node: ast.AST) -> Iterator[str]:
    """The texts with three words or more that are put together under ``node``, the messages of errors apart."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) or getattr(child, "name", "") in SPELLED_IN_DIGESTS:
            continue
        if isinstance(child, ast.JoinedStr):
            words = "".join(part.value for part in child.values if isinstance(part, ast.Constant))
            if len(re.findall(r"[A-Za-z]{2,}", words)) >= 3:
                yield ast.unparse(child)
        yield from composed_sentences(child)


@pytest.mark.parametrize("module", sorted(REASONING.rglob("*.py")), ids=lambda path: str(path.relative_to(REASONING)))
def test_no_module_of_reasoning_puts_a_sentence_together(module: Path) -> None:
    assert list(composed_sentences(ast.parse(module.read_text(encoding="utf-8")))) == []
