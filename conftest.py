"""What every test may ask for: golden files, the archived documents, and a word about what could not run."""

import os
from pathlib import Path

import hypothesis
import pytest

from tests.golden import Golden

_SHARED = Path(__file__).resolve().parent.parent / "shared"
_REQUIRED = "KB_REQUIRE_SHARED"
_NO_SHARED = "the archived documents and public suites are not here (../shared)"

hypothesis.settings.register_profile("kb", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("kb")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="write golden files anew instead of comparing them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """``golden("name.md", text)`` compares ``text`` with ``golden/name.md`` beside the test."""
    return Golden(request.path.parent / "golden", approve=request.config.getoption("--approve"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of archived documents and public suites; without it the test is skipped, or fails when required."""
    if not _SHARED.is_dir():
        required = os.environ.get(_REQUIRED, "") not in ("", "0")
        (pytest.fail if required else pytest.skip)(f"{_NO_SHARED}; {_REQUIRED}=1 makes this a failure")
    return _SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once and loudly what did not run for want of something that could be installed."""
    reasons = [
        report.longrepr[2]
        for report in terminalreporter.stats.get("skipped", [])
        if "KB_REQUIRE_" in str(report.longrepr)
    ]
    for reason in sorted(set(reasons)):
        terminalreporter.section(f"{reasons.count(reason)} TESTS DID NOT RUN", sep="!", yellow=True, bold=True)
        terminalreporter.write_line(reason.removeprefix("Skipped: "), yellow=True)
