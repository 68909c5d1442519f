"""A document becomes a draft: every figure with its passage, every guess marked, and nothing that `kb check` minds."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.app.drafting import WORDING
from kb.domain.entity import Claim, Figure, Measure, Source, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import Bound
from kb.intake.document_reader import MediaType, ParsedDocument, read_document
from kb.intake.draft.entries import About, Draft, DraftFigure
from kb.intake.draft.meeting import draft_together
from kb.intake.draft.seed_file import file_id, known_sources, seed_file_text, source_entry
from kb.intake.draft.sentence_analysis import voice_of
from kb.intake.draft.stance import stance_of
from kb.numbers import read_quantity
from kb.numbers.scan import scan
from tests.intake.shelf import Shelf

QUAY = """The pass that sails too often
By Mara Lindqvist

According to Harbour Watch, holders of the monthly ferry pass use upward of $120-150 of tickets a month.
The pass costs $40, and fuel eats about 30% of ticket income. Suppose that a boat carries 250 passengers.
A pass costs $40, as the board said; it does not cost $45.
"""


NOTHING = Knowledge()
NOWHERE = About()


def drafted_from(text: str, *measures: Measure) -> Draft:
    return drafted_with(text, Knowledge(measures={one.id: one for one in measures}))


def drafted_with(text: str, knowledge: Knowledge = NOTHING, about: About = NOWHERE) -> Draft:
    (draft,) = draft_together([(text, scan(text), about)], knowledge, WORDING)
    return draft


def figure(draft: Draft, literal: str) -> DraftFigure:
    found = [one for one in draft.figures if literal in one.value]
    assert len(found) == 1, [one.value for one in draft.figures]
    return found[0]


def seed(path: Path, text: str, knowledge: Knowledge = NOTHING) -> str:
    path.write_text(text, encoding="utf-8")
    paper = read_document(path)
    assert isinstance(paper, ParsedDocument)
    made = drafted_with(paper.text, knowledge)
    notes = known_sources(paper, knowledge)
    return seed_file_text(
        file_id(paper, path, None, {entity.file for entity in knowledge.by_id.values()}),
        source_entry(paper, path),
        made,
        notes,
    )


def test_a_figure_keeps_its_hedge_its_ends_and_its_place() -> None:
    value = figure(drafted_from(QUAY), "120")
    said = read_quantity(value.value)
    assert (said.low, said.high, said.bound) == (120, 150, Bound.AT_LEAST)
    assert value.passage.line == 4 and "120-150" in value.passage.exact
    assert value.voice == "Harbour Watch"


def test_the_same_number_of_the_same_thing_is_one_figure_said_again() -> None:
    draft = drafted_from("The ferry pass costs $40.\nLater again: the ferry pass costs $40.\n")
    (one,) = draft.figures
    assert [place.line for place in one.also] == [2]


@pytest.mark.parametrize(
    ("sentence", "literal", "stance"),
    [
        ("Suppose that a boat carries 250 passengers.", "250", Stance.HYPOTHETICAL),
        ("It is alleged that 40 boats sank.", "40", Stance.ALLEGED),
        ("The board expects 900 passengers by winter.", "900", Stance.PROJECTED),
        ("An estimated 900 passengers sail each day.", "900", Stance.ESTIMATED),
        ("The clerk counted 900 passengers.", "900", Stance.MEASURED),
        ("Assuming a fee of $40, nobody gains.", "$40", Stance.ASSUMED),
        ("According to the board, a pass costs $40.", "$40", Stance.REPORTED),
        ("A pass costs not $45 but less.", "$45", Stance.NEGATED),
        ("如果一张月票 40 美元，就亏本。", "40", Stance.HYPOTHETICAL),
        ("预计明年运送 900 人。", "900", Stance.PROJECTED),
        ("燃料占收入的 45%，而不是 30%。", "30%", Stance.NEGATED),
        ("据称沉了 40 条船。", "40", Stance.ALLEGED),
    ],
)
def test_the_words_around_a_number_tell_how_it_is_meant(sentence: str, literal: str, stance: Stance) -> None:
    guess = stance_of(sentence, sentence.index(literal))
    assert guess is not None and guess.stance is stance


@pytest.mark.parametrize(
    ("sentence", "literal"),
    [("A pass costs $40.", "$40"), ("Not more than a rumour: the pass costs $40.", "$40"), ("月票 40 美元。", "40")],
)
def test_a_plain_number_is_asserted(sentence: str, literal: str) -> None:
    assert stance_of(sentence, sentence.index(literal)) is None


@pytest.mark.parametrize(
    ("sentence", "literal", "voice"),
    [
        ("The Pursers' Union says that a pass is worth $300.", "$300", "The Pursers' Union"),
        ("A pass is worth $300, according to Harbour Watch.", "$300", "Harbour Watch"),
        ("She said that a pass is worth $300.", "$300", ""),
        ("A pass is worth $300.", "$300", ""),
        ("乘务工会表示，月票值 300 美元。", "300", "乘务工会"),
        ("我们估计月票值 300 美元。", "300", ""),
    ],
)
def test_who_says_a_number_is_the_name_beside_a_verb_of_saying(sentence: str, literal: str, voice: str) -> None:
    assert voice_of(sentence, sentence.index(literal)) == voice


FEE = Measure(
    id=Id("m"), slug="pass-fee", file="words", label="Price of a monthly ferry pass", unit="USD", kind=MeasureKind.PRICE
)


def test_a_known_measure_that_is_called_alike_is_suggested_where_the_unit_fits() -> None:
    (price,) = drafted_from("The price of the monthly ferry pass is $40.", FEE).figures
    assert (price.measure.slug, price.measure.known) == ("pass-fee", True)
    (share,) = drafted_from("The price of the monthly ferry pass is 40%.", FEE).figures
    assert not share.measure.known


def test_a_sentence_with_numbers_becomes_a_stub_and_not_a_quotation() -> None:
    draft = drafted_from(QUAY)
    assert all(claim.text.startswith("DRAFT:") for claim in draft.claims)
    assert not any(claim.sentence.rstrip(".") in claim.text for claim in draft.claims)


def test_a_draft_checks_clean_as_it_stands(tmp_path: Path, shelf: Shelf) -> None:
    text = seed(tmp_path / "quay.txt", QUAY)
    shelf.put(draft=text).bring_in()
    assert {type(entity) for entity in shelf.knowledge.by_id.values()} >= {Source, Measure, Figure, Claim}
    assert "# guess" in text


def test_a_document_that_is_known_is_said_to_be_known(tmp_path: Path, shelf: Shelf) -> None:
    shelf.put(quay=seed(tmp_path / "quay.txt", QUAY)).bring_in()
    again = seed(tmp_path / "quay.txt", QUAY, shelf.knowledge)
    assert "names this very document" in " ".join(again.replace("#", "").split())
    (first,) = [one for one in shelf.knowledge.sources.values() if one.document]
    assert f"id: {first.slug}\n" not in again


PIECES = st.sampled_from(
    [
        "The pass costs $40.", "upward of $2-3k a month", "\n", "“$8000” he said", 'a "$14,000" plan', "70-90%",
        "百分之三十", "约 1.1 万亿美元以上", "40 out of 45", "one in five", "negative 25%", "-- 22%", "3 dozen", "$1",
        "5 years # not a comment", "key: value 7%", "'quoted' 9 GPUs", "16 million queries;", "\t12 kg", "{9 boats}",
        "L12 4x", "- 3 piers\n", "two thirds of voters", "no 5", "$3–$15 per million tokens", "\u202e12 items\u202c",
    ]
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
def test_a_draft_of_any_text_checks_clean(tmp_path: Path, text: str) -> None:
    made = drafted_with(text)
    folder = tmp_path / "drafts"
    folder.mkdir(exist_ok=True)
    path = tmp_path / "any.txt"
    path.write_text(text, encoding="utf-8")
    paper = ParsedDocument(text=text, sha256="0" * 64, media_type=MediaType.PLAIN)
    shelf = Shelf(folder)
    shelf.put(draft=seed_file_text("any", source_entry(paper, path), made))
    assert shelf.problems() == []
    literals = list(scan(text))
    told = sum(1 + len(one.also) for one in made.figures) + len(made.left_out)
    assert told == len(literals)


def test_the_documents_of_the_corpus_draft_clean(shared: Path, shelf: Shelf) -> None:
    for path in sorted((shared / "documents").glob("*.txt")):
        paper = read_document(path)
        assert isinstance(paper, ParsedDocument)
        made = drafted_with(paper.text, shelf.knowledge)
        assert len(made.figures) > 5 and len(made.left_out) <= 2
        shelf.put(
            **{f"draft-{path.stem[:3]}": seed_file_text(f"draft-{path.stem[:3]}", source_entry(paper, path), made)}
        )
        shelf.bring_in()


def test_editors_of_a_document_are_not_taken_for_those_of_the_base(tmp_path: Path) -> None:
    text = seed(tmp_path / "note.txt", "A note\n\nEditors said that the pass costs $40 a month.\n")
    assert "voice: the editors  # guess" in text
    (tmp_path / "seeds").mkdir()
    shelf = Shelf(tmp_path / "seeds").put(note=text)
    assert shelf.problems() == []
    assert {str(told.voice) for told in shelf.reading().entities if isinstance(told, Figure | Claim)} == {"the editors"}


def test_the_level_before_a_change_and_its_amount_have_measures_of_their_own() -> None:
    draft = drafted_from("The port's debt fell by €4 million to €9 million. Sales were €7 million, up from €5 million.")

    labels = [figure(draft, literal).measure.label for literal in ("€4", "€9", "€7", "€5")]
    assert labels[0] == "fall in debt"
    assert labels[3] == f"{labels[2]}, before the change"
    assert labels[1:3] == ["debt", "sales"]


def test_a_limiting_word_that_is_not_understood_is_remarked_beside_the_value(tmp_path: Path) -> None:
    text = seed(tmp_path / "quay.txt", "The quay has comfortably 40 berths.\n")

    assert "limiting word not understood: comfortably" in text


def test_a_dollar_of_unknown_country_is_remarked_beside_the_value(tmp_path: Path) -> None:
    text = seed(tmp_path / "quay.txt", "The Canadian port made $40 million in fees.\n")

    assert "USD is a guess: the sign may stand for CAD" in text


TABLE = "US$ in millions\n\n| Item | Q3 2024 | 2025E |\n|---|---|---|\n| Revenue | 34.6 | 40 |\n| Loss | (1.2) | 3 |\n"
PLANTS = "| Plant | Revenue ($m) | Staff |\n|---|---|---|\n| North | 12.5 | 340 |\n| South | 3 | 340 |\n"


def drafted(text: str) -> list[tuple[str, dict[str, str], str, str]]:
    """Measure, scope, value and place of each drafted figure."""
    figures = drafted_from(text).figures
    return [(one.measure.slug, dict(one.scope), one.value, str(one.passage)) for one in figures]


def test_a_head_that_is_a_time_gives_the_period_and_the_row_the_measure() -> None:
    assert drafted(TABLE) == [
        ("revenue", {"period": "2024-Q3"}, "34600000 USD", 'L5 row "Revenue" column "Q3 2024" "34.6"'),
        ("revenue", {"period": "2025"}, "40000000 USD", 'L5 row "Revenue" column "2025E" "40"'),
        ("loss", {"period": "2024-Q3"}, "-1200000 USD", 'L6 row "Loss" column "Q3 2024" "1.2"'),
        ("loss", {"period": "2025"}, "3000000 USD", 'L6 row "Loss" column "2025E" "3"'),
    ]
    assert [one.stance.stance if one.stance else None for one in drafted_from(TABLE).figures[:2]] == [
        None,
        Stance.PROJECTED,
    ]


def test_a_head_with_a_name_is_the_measure_and_the_row_its_scope() -> None:
    assert [(measure, scope) for measure, scope, _, _ in drafted(PLANTS)] == [
        ("revenue", {"plant": "north"}),
        ("staff", {"plant": "north"}),
        ("revenue", {"plant": "south"}),
        ("staff", {"plant": "south"}),
    ]
    assert drafted_from(PLANTS).scopes == {"plant": {"north": "North", "south": "South"}}


def test_a_row_of_a_table_makes_no_claim() -> None:
    assert drafted_from(TABLE).claims == ()


def test_a_drafted_table_passes_the_check_with_its_document(shelf: Shelf, tmp_path: Path) -> None:
    shelf.attach(TABLE + "\n" + PLANTS)
    shelf.put(drafted=seed(tmp_path / "tables.md", TABLE + "\n" + PLANTS))
    # The document gives no date, which only a person can add; its column of projections lacks one.
    (undated,) = shelf.warnings()
    assert shelf.problems() == [] and "its source 'us-in-millions' has no date" in undated


def test_points_in_a_column_of_shares_have_a_measure_of_their_own(shelf: Shelf, tmp_path: Path) -> None:
    table = "| Item | Growth |\n|---|---|\n| Bolts | 10.2% |\n| Nuts | -0.5 pp |\n"
    text = table + "\nThe margin was 10.2%. The margin was 3 percentage points.\n"

    units = {one.value: one.measure.unit for one in drafted_from(text).figures}
    assert units == {
        "10.2%": "fraction",
        "-0.5 pp": "percentage-point",
        "3 percentage points": "percentage-point",
    }
    shelf.attach(text)
    shelf.put(drafted=seed(tmp_path / "margins.md", text))
    assert shelf.problems() == []


LINES = """The contractor signed for five years or
longer, for between $400,000 and
$600,000 a year in each of the districts, and it spent no less than up to
9 percent of its income on €80 and 90 million a
year for the farms along the river, which used 31 kilowatt-hours per
pallet in every month of that long and difficult year.
"""


def test_a_passage_at_the_end_of_a_line_ends_before_a_word_that_goes_on() -> None:
    draft = drafted_from(LINES)
    assert [(one.value, one.passage.exact) for one in draft.figures] == [
        ("five years or longer", "five years"),
        ("between $400,000 and $600,000 a year", "$400,000"),
        ("up to 9 percent", "9 percent"),
        ("€80", "€80"),
        ("90 million a year", "90 million"),
        ("31 kilowatt-hours per pallet", "31 kilowatt-hours"),
    ]


def test_what_all_figures_are_about_is_said_once(shelf: Shelf, tmp_path: Path) -> None:
    text = "Quay Street\n\n" + " ".join(f"Quay Street has {count} {what}." for count, what in THINGS)
    about = About(title="Quay Street", subject="Quay Street")
    made = seed_file_text("quay", source_entry(read_paper(tmp_path, text), tmp_path), drafted_with(text, about=about))
    assert made.count("subject: quay-street") == 1 and "defaults:\n  scope: {subject: quay-street}" in made
    shelf.put(quay=made).bring_in()
    assert all(len(one.scope) == 1 for one in shelf.knowledge.figures.values())


def test_a_number_among_words_that_cannot_be_read_is_unnamed_and_says_so() -> None:
    draft = drafted_from("وبلغت كلفتها 85 مليون دولار.\n\nIt cost $85 million.\n\nЗавод стоил 70 миллионов.\n")
    assert [(one.value, len(one.doubts), one.measure.label.startswith("unnamed")) for one in draft.figures] == [
        ("85", 1, True),
        ("$85 million", 0, False),
        ("70", 1, True),
    ]


def test_a_number_that_contradicts_another_meets_its_own_repetition() -> None:
    draft = drafted_from("The county has 64 schools. Auditors saw 22 schools. Later the 22 schools were closed.\n")
    assert [(one.value, len(one.also)) for one in draft.figures] == [("64 schools", 0), ("22 schools", 1)]


def test_a_unit_on_the_next_line_is_kept_beside_the_passage(shelf: Shelf, tmp_path: Path) -> None:
    text = "Der Preis ist in diesem Jahr gestiegen. Im Netz der Stadt lag er vor zwei Jahren noch bei 13,2\nCent.\n"
    document = read_paper(tmp_path, text)
    shelf.put(preis=seed_file_text("preis", source_entry(document, tmp_path), drafted_with(text)))
    shelf.attach(text)
    assert "as-written: 13,2 Cent" in (shelf.folder / "preis.yaml").read_text()
    assert not [warning for warning in shelf.warnings() if "is not what its literal" in warning]


THINGS = ((12, "houses"), (40, "trees"), (3, "shops"))


def read_paper(folder: Path, text: str) -> ParsedDocument:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    paper = read_document(folder / "paper.txt")
    assert isinstance(paper, ParsedDocument)
    return paper
