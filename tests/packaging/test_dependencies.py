"""Is each thing that we lean on a choice that somebody wrote down, at a version that somebody tried?"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb

CHECKOUT = Path(kb.__file__).resolve().parent.parent


def requirements() -> Iterator[str]:
    """Names of all packages that pyproject.toml asks for, as it writes them."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for text in sum(project["optional-dependencies"].values(), project["dependencies"]):
        yield re.split(r"[\[><=; ]", text)[0]


def pins() -> list[str]:
    return (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def test_the_constraints_hold_names_and_versions_only() -> None:
    assert [line for line in pins() if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line)] == []


@pytest.mark.parametrize("name", sorted(set(requirements())))
def test_a_dependency_is_pinned_and_explained(name: str) -> None:
    assert name in {line.split("==")[0].lower().replace("_", "-") for line in pins()}
    assert f"| {name} |" in (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")
