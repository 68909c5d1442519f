"""A person keeps a ledger from the command line: init, check, import, attach, report, export, verify."""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import main
from tests.cli.conftest import PAIR, Kb


def events(kb: Kb) -> int:
    return int(kb("log", "head").output.partition(":")[0])


def test_a_sound_folder_of_seeds_has_no_problem(kb: Kb) -> None:
    assert "3 files checked; no problems" in kb("check").output


def test_every_mistake_is_shown_at_once_with_its_place(kb: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    text = seed.read_text().replace("value: $300 / month", "value: lots")
    seed.write_text(text.replace("measure: fuel-share", "measure: fuel-shar"))
    result = kb("check", code=1)
    assert "\nseeds/quay.yaml:32:12: " in f"\n{result.output}"
    assert "did you mean" in result.output
    listed = json.loads(kb("check", "--json", code=1).output)
    assert len(listed) >= 2 and all(problem["where"] and problem["what"] for problem in listed)


def test_a_warning_stops_nobody_and_is_shown_apart(kb: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(seed.read_text().replace("value: $300 / month", "value: $3,000 / month"))
    checked = kb("check")
    assert "warning: seeds/quay.yaml:" in checked.stderr and 'is not what its literal "$300" says' in checked.stderr
    assert "no problems, " in checked.stdout
    listed = json.loads(kb("check", "--json").stdout)
    assert {problem["severity"] for problem in listed} == {"warning"}
    imported = kb("import", "--reason", "first reading")
    assert "warning: " in imported.stderr and " recorded" in imported.stdout


def test_unchanged_files_append_nothing(imported: Kb) -> None:
    before = events(imported)
    assert "0 events" in imported("import", "--reason", "again").output
    assert events(imported) == before


def test_one_edited_value_appends_exactly_one_revision(imported: Kb, workspace: Path) -> None:
    before = events(imported)
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(seed.read_text().replace("value: 67%", "value: 66%"))
    assert "1 event: 1 revised" in imported("import", "--reason", "misread").output
    assert events(imported) == before + 1


def test_a_dry_run_appends_nothing_and_needs_nobody(kb: Kb, workspace: Path) -> None:
    (workspace / "kb.toml").write_text("")
    assert "would append" in kb("import", "--dry-run").output
    assert not (workspace / "kb.db").exists()


def test_a_file_with_one_mistake_imports_nothing_at_all(empty: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "gangwan.yaml"
    seed.write_text(seed.read_text().replace("quotes: [quay]", "quotes: [quai]"))
    before = events(empty)
    empty("import", "--reason", "first reading", code=1)
    assert events(empty) == before


@pytest.mark.parametrize(
    "words",
    [
        ("import", "bad.yaml", "--reason", "x"),
        ("import", "seeds", "bad.yaml", "--reason", "x"),
        ("import", "nowhere.yaml", "--reason", "x"),
        ("import", "control.yaml", "--reason", "x"),
        ("import", "refs.bib", "--reason", "x"),
        ("serve",),
    ],
)
def test_what_is_refused_leaves_nothing_where_no_base_was(
    kb: Kb, workspace: Path, words: tuple[str, ...], port: int
) -> None:
    (workspace / "kb.toml").write_text('database = "link.db"\nactor = "ada"\n')
    (workspace / "bad.yaml").write_text("id: [\n")
    (workspace / "refs.bib").write_text("@misc{,\n")
    (workspace / "control.yaml").write_text('kb: 1\nid: notes\nclaims:\n  - id: bell\n    text: "a \\a bell"\n')
    (workspace / "link.db").symlink_to(workspace / "no" / "folder" / "kb.db")
    if words == ("serve",):
        (workspace / "bad.yaml").rename(workspace / "seeds" / "bad.yaml")
        words = ("serve", "--port", f"{port}")
    before = sorted(workspace.rglob("*"))
    assert ".yaml" in (told := kb(*words, code=1).output) or "refs.bib" in told or "control character" in told
    assert sorted(workspace.rglob("*")) == before


@pytest.mark.parametrize("words", [("check",), ("import", "--dry-run"), ("scan", "notes.txt"), ("draft", "notes.txt")])
def test_a_command_that_records_nothing_makes_no_base(kb: Kb, workspace: Path, words: tuple[str, ...]) -> None:
    (workspace / "notes.txt").write_text("The pass costs $300 a month.\n")
    before = sorted(workspace.rglob("*"))
    kb(*words)
    assert sorted(workspace.rglob("*")) == before


def test_a_removed_entry_is_retracted_only_with_prune(imported: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    text = seed.read_text()
    start, end = text.index("  - id: holders\n"), text.index("claims:")
    seed.write_text(text[:start] + "\n" + text[end:])
    translated = workspace / "seeds" / "gangwan.yaml"
    assert "quay/holders" not in translated.read_text()
    result = imported("import", "--reason", "shorter")
    assert "left behind: figure quay/holders" in result.output and "0 events" in result.output
    assert "1 retracted" in imported("import", "--prune", "--reason", "shorter").output


def test_an_import_needs_an_actor(workspace: Path, kb: Kb) -> None:
    (workspace / "kb.toml").write_text("")
    assert "needs an actor" in kb("import", "--reason", "x", code=1).output


def test_the_actor_is_found_in_the_same_way_for_every_command(imported: Kb, workspace: Path) -> None:
    shutil.copy(PAIR / "quay.txt", workspace)
    imported("attach", ".", code=1)
    assert json.loads(imported("log", "--json", "--limit", "1").output)[0]["actor"] == "ada"
    (workspace / "kb.toml").write_text("")
    assert "needs an actor" in imported("attach", ".", code=1).output


def test_an_actor_without_a_name_is_a_mistake_and_not_the_default(imported: Kb) -> None:
    for command in ("import", "attach .", "serve", "redact 3 --yes", "match a b --same"):
        reason = () if command == "serve" else ("--reason", "x")
        for actor in ("", " "):
            assert "needs an actor" in imported(*command.split(), "--actor", actor, *reason, code=1).output


def test_seeds_exported_and_imported_append_nothing(imported: Kb, workspace: Path) -> None:
    imported("export", "--format", "seeds", "-o", "copy")
    assert "0 events" in imported("import", "copy", "--reason", "back").output


def test_the_log_tells_who_and_why_newest_first(imported: Kb) -> None:
    told = json.loads(imported("log", "--json", "--limit", "3").output)
    assert [event["position"] for event in told] == sorted((event["position"] for event in told), reverse=True)
    assert {(event["actor"], event["reason"]) for event in told} == {("ada", "first reading")}


def test_the_chain_verifies_after_a_redaction(imported: Kb) -> None:
    imported("redact", "5", "--yes", "--reason", "a private name")
    assert "no damage" in imported("verify").output


def test_a_log_that_was_cut_shows_against_a_head_kept_elsewhere(imported: Kb, workspace: Path) -> None:
    head = imported("log", "head").output.strip()
    assert "no damage" in imported("verify", "--head", head).output
    position = head.partition(":")[0]
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("DELETE FROM log WHERE position = ?", (position,))
        shell.execute("UPDATE batch SET last_position = last_position - 1, events = events - 1")
    assert "no damage" in imported("verify", "--log-only").output
    assert f"the given head names position {position}" in imported("verify", "--head", head, code=1).output


def test_a_log_that_was_cut_behind_its_tables_is_kept_as_it_is(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("DELETE FROM log WHERE position > 20")
    checks = ("verify", "verify --log-only", "rebuild", "import --reason x", "log head", "log", "log --json")
    exports = ("backup", "export -o", "export --format seeds -o", "export --format archive -o")
    reports = ("report pass-loses-money -o", "report pass-loses-money --format html -o")
    for command in (*checks, *(f"{words} x" for words in (*exports, *reports))):
        assert "the log ends at 20: its tail was cut off" in imported(*command.split(), code=1).stderr
    assert not (workspace / "x").exists()
    # What happened before stays to be read.
    assert imported("log", code=1).stdout.count("\n") == 20
    assert json.loads(imported("export", "--at", "9").stdout)["head"]["position"] == 9


def test_findings_are_not_recomputed_over_a_log_that_was_cut(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("DELETE FROM log WHERE position > 20")
        shell.execute("UPDATE meta SET value = 'others' WHERE key = 'rules'")
    assert "the log ends at 20: its tail was cut off" in imported("findings", code=1).stderr


def test_a_folder_is_no_place_for_a_base(imported: Kb, workspace: Path) -> None:
    (workspace / "kb.toml").write_text('database = "folder"\nactor = "ada"\n', encoding="utf-8")
    (workspace / "folder").mkdir()
    for command in ("verify", "findings", "import --reason x"):
        assert "this is a folder or a device, and not a file" in imported(*command.split(), code=1).stderr


@pytest.mark.parametrize("value", ["", "   ", "a\\u0000b"])
def test_a_database_without_a_usable_name_is_a_mistake_in_the_settings(
    imported: Kb, workspace: Path, value: str
) -> None:
    (workspace / "kb.toml").write_text(f'database = "{value}"\n', encoding="utf-8")
    told = imported("verify", code=1).stderr
    assert "kb.toml: the value of 'database' is empty or contains a null character" in told


def test_advice_that_all_problems_share_is_printed_once(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("DROP TABLE figure")
    told = imported("verify", code=1).stderr.splitlines()
    assert "table figure: missing" in told and len(told) > 3
    [advice] = (line for line in told if "—" in line)
    assert advice == told[-1] and advice.startswith(f"{len(told) - 1} problems — the log is intact: run `kb backup")


@pytest.mark.parametrize(
    "damage",
    ["DROP TABLE figure", "DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = '0005'"],
)
def test_what_verify_advises_mends_the_base(imported: Kb, workspace: Path, damage: str) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute(damage)
    assert "run `kb backup FILE` and then `kb restore FILE --replace`" in imported("verify", code=1).stderr
    imported("backup", "base.zip")
    imported("restore", "base.zip", "--replace")
    assert "no damage" in imported("verify").output


def test_a_row_that_somebody_changed_in_a_table_is_named(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("UPDATE figure SET low = '3000' WHERE slug = 'quay/fee'")
    refusal = imported("verify", code=1).output
    assert "figure quay/fee: not what its events say: low" in refusal and "kb rebuild" in refusal


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DELETE FROM figure WHERE slug = 'quay/fee'", "figure quay/fee"),
        ("DELETE FROM measure WHERE slug = 'pass-fee'", "measure pass-fee"),
        ("DELETE FROM document", "document "),
    ],
)
def test_what_the_tables_lack_is_not_recorded_again(imported: Kb, workspace: Path, damage: str, named: str) -> None:
    shutil.copy(PAIR / "quay.txt", workspace)
    imported("attach", ".", code=1)
    before = events(imported)
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute(damage)
    again = ("attach", ".") if "document" in damage else ("import", "--reason", "again")
    table = named.partition(" ")[0]
    assert f"table {table}: its rows are not those that kb wrote" in imported(*again, code=1).output
    # Somebody who knows of the checksum deletes it, too.
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("DELETE FROM meta WHERE key LIKE 'checksum of %'")
    told = imported(*again, code=1).output
    assert told.startswith(named) and "missing from the tables — the log is intact: `kb rebuild`" in told
    assert events(imported) == before
    imported("rebuild")
    imported(*again, code=int("document" in damage))
    assert events(imported) == before


def test_what_was_retracted_or_redacted_may_be_recorded_again(imported: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "gangwan.yaml"
    text = seed.read_text()
    seed.unlink()
    imported("import", "--prune", "--reason", "thinner")
    seed.write_text(text)
    assert "recorded" in imported("import", "--reason", "back again").output
    imported("redact", "5", "--yes", "--reason", "a private name")
    assert "1 recorded" in imported("import", "--reason", "not private").output


def test_a_log_that_holds_what_cannot_be_read_is_named_by_position(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("UPDATE log SET data = x'ff00fe' WHERE position = 20")
    assert "position 20: a column holds a value of another type" in imported("log", "--limit", "99", code=1).stderr


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM log WHERE position = (SELECT max(position) FROM log)",
        "UPDATE log SET data = data || ' ' WHERE position = (SELECT max(position) FROM log)",
    ],
)
def test_what_only_reads_goes_on_and_warns_of_a_damaged_end(imported: Kb, workspace: Path, damage: str) -> None:
    reading = [("answer", "pass-loses-money"), ("findings", "--json"), ("passages",), ("suggest",)]
    sound = [imported(*words) for words in reading]
    assert [result.stderr for result in sound] == [""] * len(reading)
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute(damage)
    [named] = imported("log", code=1).stderr.splitlines()
    for words, before in zip(reading, sound, strict=True):
        result = imported(*words)
        assert (result.stdout, result.stderr) == (before.stdout, f"warning: {named}\n")


def test_an_empty_file_in_the_place_of_a_base_leads_to_import_and_restore(kb: Kb, workspace: Path) -> None:
    (workspace / "kb.db").touch()
    for command in ("findings", "answer x", "verify", "backup base.zip", "log", "import --reason x", "rebuild"):
        told = kb(*command.split(), code=1).output
        assert "kb.db: this file is empty" in told and "`kb import`" in told and "`kb restore FILE`" in told
    assert (workspace / "kb.db").stat().st_size == 0
    (workspace / "kb.db").unlink()
    kb("import", "--reason", "first reading")
    assert not (workspace / "kb.db.making").exists()


def test_a_restore_takes_the_place_of_an_empty_file(imported: Kb, workspace: Path) -> None:
    imported("backup", "base.zip")
    (workspace / "kb.db").write_bytes(b"")
    imported("restore", "base.zip")
    assert "no damage" in imported("verify").output


def test_a_base_whose_making_was_killed_is_made_by_the_next_import(kb: Kb, workspace: Path) -> None:
    for name in ("kb.db", "kb.db.making"):
        (workspace / name).touch()
    assert "there is no base here" in kb("findings", code=1).output
    kb("import", "--reason", "first reading")
    assert "no damage" in kb("verify").output
    assert not (workspace / "kb.db.making").exists()


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may become larger than ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 1, 4096, 20_000, 60_000, 150_000, 300_000, 600_000])
@pytest.mark.parametrize("database", ["kb.db", "new/kb.db"])
def test_a_first_import_on_a_full_disk_leaves_what_the_next_takes_up(
    kb: Kb, workspace: Path, size: int, database: str
) -> None:
    (workspace / "kb.toml").write_text(f'actor = "ada"\ndatabase = "{database}"\n')
    before = sorted(workspace.rglob("*"))
    with small_disk(size):
        result = CliRunner().invoke(main, ["import", "--reason", "first reading"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code:
        # Either nothing, or a sound base that holds no event.
        assert sorted(workspace.rglob("*")) == before or "0 events, no damage" in kb("verify").output
        kb("import", "--reason", "first reading")
    assert "no damage" in kb("verify").output
    assert not (workspace / f"{database}.making").exists()


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DELETE FROM log WHERE position = 7", "position 7: this event is missing"),
        ("UPDATE log SET data = replace(data, 'a', 'b') WHERE position = 7", "position 7: the payload was altered"),
        ("UPDATE log SET type = 'figure.revised.v1' WHERE position = 7", "position 7: a column was altered"),
    ],
)
def test_a_damaged_log_is_not_extended(imported: Kb, workspace: Path, damage: str, named: str) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute(damage)
    before = (workspace / "kb.db").read_bytes()
    seed = workspace / "seeds" / "gangwan.yaml"
    seed.write_text(seed.read_text().replace("reliability: ", "reliability: E # was "))
    assert named in imported("import", "--reason", "more", code=1).stderr
    assert (workspace / "kb.db").read_bytes() == before


def test_what_only_reads_warns_of_a_missing_event(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("DELETE FROM log WHERE position = 7")
    for words in ("answer pass-loses-money", "findings", "passages", "suggest"):
        assert "warning: position 7: this event is missing" in imported(*words.split()).stderr
    for words in ("report pass-loses-money", "export", "log head", "rebuild"):
        assert "position 7: this event is missing" in imported(*words.split(), code=1).stderr


def test_an_event_that_somebody_changed_is_shown_with_a_word_on_it(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("UPDATE log SET actor = 'eve' WHERE position = 7")
    shown = imported("log", code=1)
    assert "eve: first reading" in shown.stdout and "position 7: the payload was altered" in shown.stderr
    assert "position 7" not in imported("log", "--limit", "1").stderr


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE figure SET body = replace(body, '200', '900')",
        "UPDATE finding SET body = replace(body, 'conflict', 'tension')",
        "DELETE FROM finding",
        "UPDATE answer SET body = replace(body, '0', '1')",
        "UPDATE bearing SET value = '0.5'",
    ],
)
def test_no_command_prints_what_somebody_wrote_into_a_table(imported: Kb, workspace: Path, change: str) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        assert shell.execute(change).rowcount
    for words in ("answer pass-loses-money", "findings", "report pass-loses-money", "export"):
        result = imported(*words.split(), code=1)
        assert "its rows are not those that kb wrote" in result.stderr and not result.stdout
    assert "the tables did not match the log; now they do" in imported("rebuild").output
    imported("answer", "pass-loses-money")


def test_a_head_that_cannot_be_read_is_a_mistake_of_the_command(imported: Kb) -> None:
    for head in ("", "5", "5:abc", "x:" + "0" * 64, "-1:" + "0" * 64):
        assert "POSITION:HASH" in imported("verify", "--head", head, code=2).output


@pytest.mark.parametrize("command", [("log",), ("verify",), ("rebuild",), ("reconcile",), ("findings",), ("export",)])
def test_a_command_that_only_reads_makes_no_base(kb: Kb, workspace: Path, command: tuple[str, ...]) -> None:
    before = sorted(workspace.rglob("*"))
    assert "there is no base here" in kb(*command, code=1).output
    assert sorted(workspace.rglob("*")) == before


def test_the_head_of_an_empty_log_is_a_head_like_any_other(empty: Kb) -> None:
    kb = empty
    head = kb("log", "head").output.strip()
    assert "no damage" in kb("verify", "--head", head).output
    kb("import", "--reason", "first reading")
    assert "no damage" in kb("verify", "--head", head).output
    assert "position 0" in kb("verify", "--head", "0:" + "f" * 64, code=1).output


def under_other_rules(workspace: Path) -> None:
    """The base as an older version with other rules would have left it: one of its findings is not there."""
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("UPDATE meta SET value = 'older' WHERE key = 'rules'")
        shell.execute("DELETE FROM finding WHERE id = (SELECT min(id) FROM finding)")


def test_new_rules_recompute_all_findings_and_one_line_says_so(imported: Kb, workspace: Path) -> None:
    count = len(json.loads(imported("findings", "--json").stdout))
    under_other_rules(workspace)
    opened = imported("findings", "--json")
    assert opened.stderr == (
        "The rules have changed since this base was last opened; all findings were recomputed: "
        f"{count} findings, 1 changed (before: {count - 1}).\n"
    )
    assert len(json.loads(opened.stdout)) == count
    assert imported("findings", "--json").stderr == ""


def test_the_server_says_so_too(imported: Kb, workspace: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    under_other_rules(workspace)
    assert "all findings were recomputed" in imported("serve", "--port", f"{port}").stderr
    assert imported("serve", "--port", f"{port}").stderr == ""


def test_tables_that_somebody_changed_are_mended(imported: Kb, workspace: Path) -> None:
    with closing(sqlite3.connect(workspace / "kb.db")) as shell, shell:
        shell.execute("UPDATE figure SET low = '9'")
    assert "the tables did not match the log; now they do" in imported("rebuild").output
    assert "the tables matched the log" in imported("rebuild").output


def test_files_that_were_not_read_keep_an_old_name_and_are_named(imported: Kb, workspace: Path) -> None:
    words = workspace / "seeds" / "vocabulary.yaml"
    words.write_text(words.read_text().replace("- id: pass-fee", "- id: pass-price\n    was: pass-fee"))
    said = imported("import", str(words), "--reason", "a better name").output
    assert "quay: this file was not read, and refers to measure 'pass-fee', now 'pass-price'" in said
    assert "gangwan" in said and "vocabulary: this file" not in said


def test_a_file_that_was_read_under_a_new_name_is_not_called_unread(imported: Kb, workspace: Path) -> None:
    for path in (workspace / "seeds").glob("*.yaml"):
        path.write_text(path.read_text().replace("id: quay\n", "id: pier\nwas: quay\n").replace("[quay]", "[pier]"))
        for old, new in (("quay/", "pier/"), ("translation-of: quay", "translation-of: pier")):
            path.write_text(path.read_text().replace(old, new))
    assert "was not read" not in imported("check").stderr
    told = imported("import", "seeds/quay.yaml", "--reason", "a better name").stderr.splitlines()
    assert "warning: gangwan: this file was not read, and refers to source 'quay', now 'pier'" in told
    assert not [line for line in told if line.startswith(("warning: quay:", "warning: pier:"))]
    named = [line.split("refers to ")[1] for line in told if "refers to" in line]
    assert named == sorted(named)


def test_a_file_that_is_gone_is_not_called_unread(imported: Kb, workspace: Path) -> None:
    (workspace / "seeds" / "gangwan.yaml").unlink()
    words = workspace / "seeds" / "vocabulary.yaml"
    words.write_text(words.read_text().replace("- id: pass-fee", "- id: pass-price\n    was: pass-fee"))
    quay = workspace / "seeds" / "quay.yaml"
    quay.write_text(quay.read_text().replace("pass-fee", "pass-price"))
    assert "was not read" not in imported("import", "--reason", "a better name").stderr


def test_an_actor_and_a_reason_have_a_length(kb: Kb) -> None:
    said = kb("import", "--actor", "a" * 2001, "--reason", "r" * 2001, code=1).output
    assert said.count("it has 2,001 characters") == 2 and said.endswith("2 problems — write at most 2,000\n")
    kb("import", "--actor", "a" * 2000, "--reason", "r" * 2000)


def test_rebuilt_tables_are_the_same(imported: Kb) -> None:
    before, after = (line.split()[1] for line in imported("rebuild").output.splitlines()[:2])
    assert before == after


def test_attached_documents_show_every_passage(imported: Kb, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name in ("quay.txt", "gangwan.txt"):
        shutil.copy(PAIR / name, archive / f"renamed-{name}")
    assert "2 documents" in imported("attach", str(archive)).output
    figures = json.loads(imported("export").output)["figures"]
    text = {"quay": (PAIR / "quay.txt").read_text(), "gangwan": (PAIR / "gangwan.txt").read_text()}
    for figure in figures:
        whole = text[figure["source"].split("/")[0]]
        assert whole[figure["char_start"] : figure["char_end"]] == figure["as_written"]
    assert "0 events" in imported("import", "--reason", "again").output


def test_a_report_cites_event_positions(imported: Kb, workspace: Path) -> None:
    imported("report", "pass-loses-money", "--format", "md", "-o", "report.md")
    report = (workspace / "report.md").read_text()
    assert "Does the ferry pass lose money for the harbour?" in report
    assert "| Line 9 " in report


def test_a_report_on_an_unknown_question_names_a_near_one(imported: Kb) -> None:
    assert "did you mean 'pass-loses-money'?" in imported("report", "pass-lose-money", code=1).output


def test_a_folder_in_no_workspace_is_told_so(tmp_path: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    monkeypatch.chdir(elsewhere)
    assert "is in no workspace" in kb("log", code=1).output


def test_a_database_url_is_enough(tmp_path: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path.parent / "bare"
    elsewhere.mkdir(exist_ok=True)
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{elsewhere}/base.db")
    kb("import", str(PAIR), "--actor", "ada", "--reason", "first reading")
    assert events(kb) > 20


def test_the_example_of_a_new_workspace_checks_clean(kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb("init", "mine")
    monkeypatch.chdir(tmp_path / "mine")
    assert "no problem" in kb("check").output
    assert "there is a workspace here already" in kb("init", ".", code=1).output


def test_every_command_works_on_either_engine(
    tmp_path: Path, kb: Kb, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("KB_DATABASE_URL", place)
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KB_ACTOR", "ada")
    kb("import", str(PAIR), "--reason", "first reading")
    assert "2 documents" in kb("attach", str(PAIR)).output
    assert "0 events" in kb("import", str(PAIR), "--reason", "again").output
    assert "no damage" in kb("verify").output
    before, after = (line.split()[1] for line in kb("rebuild").output.splitlines()[:2])
    assert before == after
    report = kb("report", "pass-loses-money").output
    assert "Line 9" in report
    assert "\\$300" in report
    kb("redact", "5", "--yes", "--reason", "a private name")
    assert "no damage" in kb("verify").output
    assert json.loads(kb("export", "--at", "20").output)["head"]["position"] == 20


def test_init_brings_the_shipped_corpus(kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb("init", "copy", "--example")
    monkeypatch.chdir(tmp_path / "copy")
    assert "no problem" in kb("check").output


def test_a_moment_of_the_past_can_be_exported(imported: Kb) -> None:
    assert json.loads(imported("export", "--at", "3").output)["head"]["position"] == 3
    last = events(imported)
    for command in ("export", "export --format seeds -o copy", "report pass-loses-money"):
        refused = imported(*command.split(), "--at", "99999", code=1).output
        assert refused == f"--at 99999: there is no such moment — the log goes from 1 to {last}\n"
        for position in ("0", "-1", "3:abc", "9" * 20):
            told = imported(*command.split(), "--at", position, code=2).output
            assert f"'{position}' is not a position in the log: positions are counted from 1" in told
    assert "positions are counted from 1" in imported("redact", "5", "0", "--reason", "x", code=2).output


def test_two_imports_at_once_tell_everything_once(workspace: Path, kb: Kb) -> None:
    command = [sys.executable, "-c", "from kb.cli import main; main()", "import", "--reason", "both at once"]
    both = [subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, text=True) for _ in "ab"]
    told = sorted(process.communicate()[0].splitlines()[0] for process in both)
    assert told == ["0 events: no difference", f"{events(kb)} events: {events(kb)} recorded"]


def test_a_file_that_is_gone_is_left_behind_until_it_is_pruned(imported: Kb, workspace: Path) -> None:
    (workspace / "seeds" / "gangwan.yaml").unlink()
    result = imported("import", "--reason", "thinner")
    assert "entries that gangwan no longer holds" in result.output and "0 events" in result.output
    assert "retracted" in imported("import", "--prune", "--reason", "thinner").output
    assert "gangwan" not in imported("export").output


def test_one_file_named_alone_leaves_the_others_as_they_are(imported: Kb) -> None:
    result = imported("import", "seeds/quay.yaml", "--prune", "--reason", "again")
    assert "left behind" not in result.output and "0 events" in result.output


def test_mentions_follow_the_figure_whose_number_is_mended(
    kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("init", "copy", "--example")
    monkeypatch.chdir(tmp_path / "copy")
    kb("import", "--reason", "first reading")
    seed = tmp_path / "copy" / "seeds" / "brokenomics.yaml"
    text = seed.read_text()
    assert text.count("value: $8000 / month\n") == 1
    seed.write_text(text.replace("value: $8000 / month\n", "value: $8100 / month\n"))
    assert "1 event: 1 revised" in kb("import", "--reason", "misread").output
    assert "0 events" in kb("import", "--reason", "again").output
    said = {figure["id"]: figure["low"] for figure in json.loads(kb("export").output)["figures"]}
    assert said["brokenomics/anthropic-value/also"] == said["brokenomics/anthropic-value"] == "8100"
    before, after = (line.split()[1] for line in kb("rebuild").output.splitlines()[:2])
    assert before == after


def test_a_check_of_one_file_says_that_the_others_were_not_read(kb: Kb) -> None:
    alone = kb("check", "seeds/quay.yaml", code=1).stderr
    assert alone.count("other seed files: only the files that were named are read") == 1
    assert "other seed files" not in kb("check").stderr
    kb("import", "--reason", "first reading")
    assert "1 file checked; no problems" in kb("check", "seeds/quay.yaml").stdout
