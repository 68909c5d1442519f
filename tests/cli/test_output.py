"""What a command writes is whole or not there at all, and goes to the terminal where the user says so."""

import errno
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kb.cli import show
from kb.domain.problem import Problem, Severity
from tests.cli.conftest import PAIR, Kb

BIBLIOGRAPHY = "@misc{pass, title = {The pass}, url = {https://quay.example/pass}}"
WRITING = [
    ("draft", "quay.txt"),
    ("report", "pass-loses-money"),
    ("export",),
    ("import", "refs.bib"),
]
WRITING_TO = [
    *(" ".join((*words, "-o")) for words in WRITING),
    "export --format seeds -o",
    "export --format bibtex -o",
    "export --format json-ld -o",
    "export --format tables -o",
    "export --format site -o",
    "export --format archive -o",
    "backup",
]


@pytest.fixture
def ready(imported: Kb, workspace: Path) -> Kb:
    """The pair, with a document and a bibliography at hand."""
    shutil.copy(PAIR / "quay.txt", workspace)
    (workspace / "refs.bib").write_text(BIBLIOGRAPHY)
    return imported


def files(folder: Path) -> set[str]:
    """The names in ``folder``, those of the base apart."""
    return {path.name for path in folder.iterdir() if not path.name.startswith("kb.db")}


def fill_disk(monkeypatch: pytest.MonkeyPatch, after: int = 0) -> None:
    """Let the disk be full once ``after`` more files are written."""
    write, room = os.write, iter(range(after))

    def written(handle: int, data: bytes) -> int:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, data)

    monkeypatch.setattr(os, "write", written)


def test_a_dash_is_the_terminal_for_every_command_and_the_default_but_for_bibliographies(
    ready: Kb, workspace: Path
) -> None:
    before = files(workspace)
    for words in WRITING:
        printed = ready(*words, "-o", "-").stdout
        assert words[0] == "import" or ready(*words).stdout == printed
        assert files(workspace) == before
        ready(*words, "-o", "./-")
        # The name of the file is the id of a draft, which is in its first lines.
        assert (workspace / "-").read_text().strip().endswith(printed.strip()[-40:])
        (workspace / "-").unlink()


@pytest.mark.parametrize("words", [(), ("-o", "-")], ids=["default", "dash"])
def test_seed_files_are_not_printed(ready: Kb, workspace: Path, words: tuple[str, ...]) -> None:
    told = ready("export", "--format", "seeds", *words, code=1).output
    assert told == "kb export: seed files need a folder, and cannot be printed on the terminal — add -o FOLDER\n"
    assert not (workspace / "-").exists()


def test_on_a_full_disk_the_old_file_stays_and_the_message_says_so(
    ready: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "old").write_text("old")
    before = files(workspace)
    fill_disk(monkeypatch)
    for words in WRITING:
        told = ready(*words, "-o", "old", "--force", code=1).output
        assert "old: cannot be written: the disk is full; the file is as it was" in told
        assert ((workspace / "old").read_text(), files(workspace)) == ("old", before)


def test_an_export_that_fills_the_disk_says_which_files_were_written(
    ready: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready("export", "--format", "seeds", "-o", "whole")
    names = sorted(path.name for path in (workspace / "whole").iterdir())
    fill_disk(monkeypatch, after=2)
    told = ready("export", "--format", "seeds", "-o", "part", code=1).output
    written = sorted(path.name for path in (workspace / "part").iterdir())
    assert len(written) == 2 < len(names) and set(written) < set(names)
    assert f"part: the export is not complete: 2 of {len(names)} files were written" in told
    assert all(name in told for name in written)
    assert all((workspace / "part" / name).read_text() == (workspace / "whole" / name).read_text() for name in written)


def test_an_export_that_writes_no_seed_file_says_why_and_nothing_else(ready: Kb, workspace: Path) -> None:
    (workspace / "file").write_text("old")
    told = ready("export", "--format", "seeds", "-o", "file", code=1).output
    assert told.count("\n") == 1 and "file is not a folder" in told
    assert (workspace / "file").read_text() == "old"


def test_what_may_be_work_of_ones_own_is_replaced_only_by_force(ready: Kb, workspace: Path) -> None:
    old = workspace / "old.yaml"
    for words in WRITING:
        old.write_text("old")
        assert "exists already" in ready(*words, "-o", "old.yaml", code=1).output
        assert old.read_text() == "old"
        ready(*words, "-o", "old.yaml", "--force")
        assert old.read_text() != "old"
    old.unlink()
    mine = (workspace / "seeds" / "quay.yaml").read_text()
    told = ready("export", "--format", "seeds", "-o", "seeds", code=1).output
    assert "seeds/quay.yaml: this file exists already" in told and "--force" in told
    assert (workspace / "seeds" / "quay.yaml").read_text() == mine
    ready("export", "--format", "seeds", "-o", "seeds", "--force")
    assert (workspace / "seeds" / "quay.yaml").read_text() != mine
    ready("export", "--format", "seeds", "-o", "seeds")


@pytest.mark.parametrize(
    ("words", "replaced", "kept"),
    [
        ("export", "all.json", "notes.toml"),
        ("report pass-loses-money", "report.MD", "report.html"),
        ("report pass-loses-money --format html", "report.htm", "report.md"),
    ],
)
def test_a_text_replaces_only_files_named_like_it(
    ready: Kb, workspace: Path, words: str, replaced: str, kept: str
) -> None:
    (workspace / replaced).write_text("old")
    (workspace / kept).write_text('actor = "ada"')
    (workspace / f"link{Path(replaced).suffix}").symlink_to(kept)
    ready(*words.split(), "-o", replaced)
    assert (workspace / replaced).read_text() != "old"
    for name in (kept, f"link{Path(replaced).suffix}"):
        assert "with --force" in ready(*words.split(), "-o", name, code=1).output
    assert (workspace / kept).read_text() == 'actor = "ada"'


def test_nothing_is_written_over_a_file_of_the_base(ready: Kb, workspace: Path) -> None:
    (workspace / "link.json").symlink_to("kb.db-wal")
    (workspace / "hard.json").hardlink_to("kb.db")
    before = files(workspace)
    beside = ("kb.db-wal", "./kb.db-shm", "seeds/../kb.db-journal", "kb.db.lock", "kb.db.queue", "kb.db.queue/1")
    for words in WRITING_TO:
        for name in ("kb.db", str(workspace / "kb.db"), *beside, "link.json", "hard.json"):
            assert "this file belongs to the base" in ready(*words.split(), name, "--force", code=1).output
    assert files(workspace) == before
    assert "no damage" in ready("verify").output
    for name in ("kb.db.json", "seeds/kb.db-wal"):
        ready("export", "-o", name)
        assert (workspace / name).exists()


def test_nothing_is_written_over_the_settings(ready: Kb, workspace: Path) -> None:
    settings = (workspace / "kb.toml").read_text()
    (workspace / "link.json").symlink_to("kb.toml")
    (workspace / "other").mkdir()
    for words in WRITING_TO:
        for name in ("kb.toml", str(workspace / "kb.toml"), "seeds/../kb.toml", "link.json", "other/kb.toml"):
            refused = ready(*words.split(), name, "--force", code=1).output
            assert "this file holds the settings of a workspace" in refused
    assert (workspace / "kb.toml").read_text() == settings


@pytest.mark.parametrize("home", ["documents", "papers/kept"])
def test_nothing_is_written_among_the_attached_documents(ready: Kb, workspace: Path, home: str) -> None:
    (workspace / "kb.toml").write_text(f'actor = "ada"\ndocuments = "{home}"\n')
    (workspace / home / "ab").mkdir(parents=True)
    (workspace / "link").symlink_to(workspace / home)
    for words in WRITING_TO:
        for name in (f"{home}/x.json", f"{home}/ab/x", "link/x.md"):
            assert "reserved for the attached documents" in ready(*words.split(), name, "--force", code=1).output
    assert [*(workspace / home).rglob("*")] == [workspace / home / "ab"]


def test_documents_beside_everything_else_keep_no_output_away(ready: Kb, workspace: Path) -> None:
    (workspace / "kb.toml").write_text('actor = "ada"\ndocuments = "."\n')
    ready("export", "-o", "all.json")


def test_only_seed_files_are_written_over_seed_files(ready: Kb, workspace: Path) -> None:
    mine = (workspace / "seeds" / "quay.yaml").read_text()
    (workspace / "link.json").symlink_to("seeds/quay.yaml")
    for words in ("report pass-loses-money -o", "export -o", "export --format archive -o", "backup"):
        for name in ("seeds/quay.yaml", "seeds/new.yml", "link.json"):
            assert "this is the name of a seed file" in ready(*words.split(), name, "--force", code=1).output
    assert (workspace / "seeds" / "quay.yaml").read_text() == mine
    for words, name in (("report pass-loses-money -o", "seeds/report.md"), ("draft quay.txt -o", "seeds/draft.yaml")):
        ready(*words.split(), name)


def test_the_folder_of_a_mistyped_path_is_not_made(ready: Kb, workspace: Path) -> None:
    for words in WRITING_TO:
        told = ready(*words.split(), "nowhere/x", code=1).output
        assert told == f"nowhere/x: there is no folder {workspace / 'nowhere'} — check the path, or make the folder\n"
    assert not (workspace / "nowhere").exists()


def test_seed_files_are_not_exported_beside_others(ready: Kb, workspace: Path) -> None:
    ready("export", "--format", "seeds", "-o", "copy")
    other = workspace / "copy" / "more" / "other.yaml"
    other.parent.mkdir()
    shutil.copy(PAIR / "quay.yaml", other)
    told = ready("export", "--format", "seeds", "-o", "copy", code=1).output
    assert "copy: there are seed files here that the export does not replace (more/other.yaml)" in told
    ready("export", "--format", "seeds", "-o", "copy", "--force")
    other.unlink()
    ready("export", "--format", "seeds", "-o", "copy")


@pytest.mark.parametrize("words", ["backup", "export --format archive -o"])
def test_an_archive_takes_the_place_of_no_pipe_or_device(ready: Kb, workspace: Path, words: str) -> None:
    os.mkfifo(workspace / "pipe")
    told = ready(*words.split(), "pipe", "--force", code=1).output
    assert told == "pipe: cannot be written: this is a device or a pipe, and not a file\n"
    assert (workspace / "pipe").is_fifo()


def test_a_seed_file_that_cannot_be_rewritten_is_whole_and_the_others_are_rewritten(
    ready: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "archive").mkdir()
    shutil.copy(PAIR / "quay.txt", workspace / "archive")
    ready("attach", "archive", code=1)
    (workspace / "second.txt").write_text("A second edition.\n" + (PAIR / "quay.txt").read_text())
    seed, digest = workspace / "seeds" / "quay.yaml", sha256((workspace / "second.txt").read_bytes()).hexdigest()
    before = seed.read_bytes()
    (workspace / "seeds" / "stranger.yaml").write_bytes(b"id: stranger # caf\xe9\n")
    fill_disk(monkeypatch, after=1)  # the document itself
    told = ready("attach", "second.txt", "--edition-of", "quay").output
    assert "quay.yaml: cannot be written: the disk is full; the file is as it was" in told
    assert f"write {digest} in place of" in told
    assert seed.read_bytes() == before


def test_a_workspace_that_could_not_be_finished_can_be_made_again(
    kb: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        fill_disk(patched, after=1)
        assert "the disk is full" in kb("init", "new", code=1).output
    assert "a workspace with" in kb("init", "new").output


def test_a_new_workspace_replaces_no_seed_file(kb: Kb, workspace: Path) -> None:
    mine = workspace / "new" / "seeds" / "words.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("id: words\n")
    assert "words.yaml: there is another file here" in kb("init", "new", code=1).output
    assert mine.read_text() == "id: words\n" and not (workspace / "new" / "kb.toml").exists()


def shell(line: str) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -c 'from kb.cli import main; main()'"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        ["bash", "-c", line.replace("KB", program)], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("words", ["schema", "--help"])
def test_output_on_a_full_disk_is_a_message_and_exit_code_1(words: str) -> None:
    done = shell(f"KB {words} > /dev/full")
    assert (done.returncode, done.stderr) == (1, "standard output: cannot be written: the disk is full\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_closed_pipe_is_quiet() -> None:
    done = shell("KB schema | true")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_problems_and_warnings_are_both_counted_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Problem(where="a.yaml:1:1", what="no unit")
    doubtful = Problem(where="a.yaml:2:1", what="no source", severity=Severity.WARNING)
    show.problems([doubtful, wrong])
    assert capsys.readouterr().err.splitlines()[-1] == "1 problem, 1 warning"
    hinted = [replace(wrong, hint="write $8k"), replace(wrong, hint="write $8k"), doubtful]
    show.problems(hinted)
    assert capsys.readouterr().err.splitlines()[-3:] == [
        "for these 2: write $8k",
        "warning: a.yaml:2:1: no source",
        "2 problems, 1 warning",
    ]
    show.problems([doubtful, doubtful])
    assert capsys.readouterr().err.splitlines()[-1] == "2 warnings"
