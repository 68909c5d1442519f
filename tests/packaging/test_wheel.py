"""Does the wheel work where nothing else is? Built, installed into an empty environment, run from an empty folder."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

import kb

CHECKOUT = Path(kb.__file__).resolve().parent.parent
CONSTRAINTS = CHECKOUT / "constraints.txt"


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel, and the environment that holds it and what it needs."""

    wheel: Path
    environment: Path

    def run(self, folder: Path, *command: str) -> str:
        """What ``command`` of the environment prints when it runs in ``folder`` and knows nothing of ours."""
        program = [self.environment / "bin" / command[0], *command[1:]]
        done = subprocess.run(
            program, cwd=folder, env={"HOME": str(folder)}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout


def _python(*arguments: str | Path) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    _python("-m", "venv", "--without-pip", environment)
    pip = ("-m", "pip", "--python", environment, "install", "--quiet", "--no-compile")
    _python(*pip, "--constraint", CONSTRAINTS, wheel)
    return Installed(wheel, environment)


@pytest.mark.parametrize("name", ["templates", "migrations", "seeds"])
def test_a_folder_of_data_travels_inside_the_wheel(installed: Installed, name: str) -> None:
    here = {path.relative_to(CHECKOUT / name).as_posix() for path in (CHECKOUT / name).rglob("*") if path.is_file()}
    inside = f"kb/bundled/{name}/"
    carried = {entry.removeprefix(inside) for entry in ZipFile(installed.wheel).namelist() if entry.startswith(inside)}
    assert carried
    assert carried == {path for path in here if "__pycache__" not in path}


def test_the_wheel_holds_nothing_but_the_program(installed: Installed) -> None:
    tops = {entry.split("/")[0] for entry in ZipFile(installed.wheel).namelist()}
    assert tops == {"kb", f"kb_ledger-{kb.__version__}.dist-info"}


def test_all_that_the_program_needs_is_pinned(installed: Installed) -> None:
    pinned = {line.lower().replace("_", "-") for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines()}
    code = "import importlib.metadata as m; [print(d.name, d.version, sep='==') for d in m.distributions()]"
    found = installed.run(installed.environment, "python", "-c", code).lower().replace("_", "-").split()
    assert set(found) - pinned == {f"kb-ledger=={kb.__version__}"}


def test_kb_runs_from_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    assert installed.run(tmp_path, "kb", "--version") == f"kb, version {kb.__version__}\n"


def test_the_shipped_corpus_is_checked_and_imported_from_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    installed.run(tmp_path, "kb", "init", "--example", ".")
    assert "no problem" in installed.run(tmp_path, "kb", "check")
    installed.run(tmp_path, "kb", "import", "--actor", "reader", "--reason", "first import")
    assert installed.run(tmp_path, "kb", "verify")


def test_a_document_and_a_bibliography_are_read_from_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><p>It costs $40.")
    assert installed.run(tmp_path, "kb", "text", "page.html") == "L1  It costs $40.\n"
    installed.run(tmp_path, "kb", "init", ".")
    (tmp_path / "refs.bib").write_text("@book{pass, title = {The pass}, year = 2026}")
    assert "- id: pass" in installed.run(tmp_path, "kb", "import", "refs.bib", "-o", "-")
