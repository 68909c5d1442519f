"""An analyst has a document drafted, looks through it, and imports it."""

from pathlib import Path

from tests.cli.conftest import Kb

HARBOUR = """<html lang="en"><head><title>Boats and prices</title><meta name="author" content="Mara Lindqvist">
<script>document.write("$999")</script></head><body><h1>Boats and prices</h1>
<p>According to Harbour Watch, a ferry pass costs about $45. Suppose that 250 passengers board.</p></body></html>
"""


def test_a_draft_passes_the_check_and_imports(imported: Kb, workspace: Path) -> None:
    (workspace / "boats.html").write_text(HARBOUR)
    told = imported("draft", "boats.html", "-o", "seeds/boats.yaml").output
    assert "2 figures" in told and "kb check seeds/boats.yaml" in told
    text = (workspace / "seeds" / "boats.yaml").read_text()
    assert "title: Boats and prices" in text and "Mara Lindqvist" in text and "999" not in text
    assert "stance: hypothetical  # guess: suppose" in text
    assert "1 claim" in text or "claims" in text
    result = imported("check")
    assert "no problem" in result.output and "still drafts" in result.output
    assert "recorded" in imported("import", "--reason", "a fourth document").output


def test_a_draft_writes_over_nothing_unless_told_to(imported: Kb, workspace: Path) -> None:
    (workspace / "boats.html").write_text(HARBOUR)
    (workspace / "mine.yaml").write_text("kb: 1\n")
    assert "this file exists already" in imported("draft", "boats.html", "-o", "mine.yaml", code=1).output
    assert (workspace / "mine.yaml").read_text() == "kb: 1\n"
    assert "cannot be written" in imported("draft", "boats.html", "-o", "boats.html/mine.yaml", code=1).output
    imported("draft", "boats.html", "-o", "mine.yaml", "--force")
    assert "id: mine" in (workspace / "mine.yaml").read_text()


def test_a_draft_needs_no_workspace_and_goes_to_the_terminal(kb: Kb, workspace: Path) -> None:
    (workspace / "kb.toml").unlink()
    (workspace / "note.txt").write_text("A pass costs $40.\n")
    assert "value: $40" in kb("draft", "note.txt").output


def test_what_cannot_be_drafted_is_said(kb: Kb, workspace: Path) -> None:
    (workspace / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (workspace / "empty.txt").write_bytes(b"")
    (workspace / "latin.txt").write_bytes("Gebühr 40 £".encode("latin-1"))
    for name in ("picture.png", "empty.txt", "latin.txt", "nothing.txt", "seeds"):
        assert kb("draft", name, code=1).output.startswith(name)


def test_a_document_without_figures_is_still_a_source(kb: Kb, workspace: Path) -> None:
    (workspace / "plain.txt").write_text("Nothing is counted here.\n")
    kb("draft", "plain.txt", "-o", "seeds/plain.yaml")
    assert "no problem" in kb("check").output


def test_several_documents_are_drafted_together_into_a_folder(kb: Kb, workspace: Path) -> None:
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()
    (workspace / "a.txt").write_text(
        "Quayford ferries\n\nQuayford counted 900 passengers in 2024. Quayford is small.\n"
    )
    (workspace / "b.txt").write_text("Quayford again\n\nIn 2024 Quayford had 700 passengers, says Quayford's rival.\n")
    (workspace / "none.txt").write_text("Nothing is counted here\n")
    told = kb("draft", "a.txt", "b.txt", "none.txt", "-o", "seeds/").output
    assert "0 new measures" in told and "next: review them, then run kb check seeds" in told
    assert "no problem" in kb("check", "--documents", ".").output
    kb("import", "--reason", "three drafts")
    assert "conflict" in kb("findings").output
    assert "name a folder: -o seeds/" in kb("draft", "a.txt", "b.txt", code=1).output


def test_measures_without_a_name_are_listed_by_the_check(kb: Kb, workspace: Path) -> None:
    (workspace / "a.txt").write_text("A note\n\nIt was 5%.\n")
    kb("draft", "a.txt", "-o", "seeds/a.yaml")
    assert "1 measure is unnamed: line 3" in kb("check").output


def test_drafts_made_one_by_one_outside_of_a_workspace_are_valid_together(kb: Kb, workspace: Path) -> None:
    settings = (workspace / "kb.toml").read_text()
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()
    (workspace / "kb.toml").unlink()
    for name, place, count in (("a", "柳城县", 120), ("b", "石桥镇", 90)):
        text = f"{place}码头\n\n{place}码头2025年接待游客{count}万人次，码头全长3公里。\n"
        (workspace / f"{name}.txt").write_text(text)
        kb("draft", f"{name}.txt", "-o", f"seeds/{name}.yaml")
    (workspace / "kb.toml").write_text(settings)
    assert "no problem" in kb("check").output


def test_documents_with_one_title_are_of_their_days(kb: Kb, workspace: Path) -> None:
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()
    for name, day, members in (("a", "3 March 2025", "1,200"), ("b", "5 March 2026", "1,340")):
        (workspace / f"{name}.txt").write_text(f"Annual report\n\n{day}\n\nThe society had {members} members.\n")
    kb("draft", "a.txt", "b.txt", "-o", "seeds/")
    kb("import", "--reason", "two years")
    assert "conflict" not in kb("findings").output
    (workspace / "c.txt").write_text((workspace / "b.txt").read_text().replace("2026", "2027"))
    assert "The source a has this title and another date" in kb("draft", "c.txt").output


def test_a_translation_that_was_drafted_first_is_named_to_its_original(kb: Kb, workspace: Path) -> None:
    (workspace / "en.txt").write_text(
        'The bridge\n\nTranslated from the German: "Die Brücke von Altfeld"\n\nThe bridge costs 48 million euros.\n'
    )
    (workspace / "de.txt").write_text("Die Brücke von Altfeld\n\nDie Brücke kostet 48 Millionen Euro.\n")
    kb("draft", "en.txt", "-o", "seeds/en.yaml")
    assert "no problem" in kb("check").output
    assert "The source en names this as its original" in kb("draft", "de.txt").output
    (workspace / "seeds" / "en.yaml").unlink()
    kb("draft", "en.txt", "de.txt", "-o", "seeds/")
    assert "translation-of: de" in (workspace / "seeds" / "en.yaml").read_text()


def test_numbers_that_are_no_figures_are_named_with_the_reason(kb: Kb, workspace: Path) -> None:
    (workspace / "a.txt").write_text("The quay\n\nThe quay has 40 cranes, as Figure 4 shows.\n")
    told = kb("draft", "a.txt", "-o", "seeds/a.yaml").output
    said = "Not taken for figures (name: 4). kb scan --all shows where they stand."
    assert said in told and said in (workspace / "seeds" / "a.yaml").read_text()
