"""What follows from a dispute is listed under it, and not as a dispute of its own."""

from dataclasses import replace

from kb.domain.entity import AnyEntity
from kb.domain.identity import Id
from kb.reports.export import exported_findings
from kb.reports.finding import finding, findings, group
from kb.reports.front import home
from kb.reports.view import View
from tests.reasoning.story import argument, claim, figure, measure
from tests.reports.seen import seen


def harvest(*more: AnyEntity) -> View:
    high = figure("6 t", id="high", of="yield", by="courier", unit="t")
    low = figure("4 t", id="low", of="yield", by="herald", unit="t")
    return seen(
        measure("harvest", "t", "stock"),
        measure("yield", "t", "stock"),
        figure("60 t", id="growers", of="harvest", by="growers", unit="t"),
        figure("50 t", id="ministry", of="harvest", by="ministry", unit="t"),
        replace(high, derived_from=(Id("growers"),)),
        replace(low, derived_from=(Id("ministry"),)),
        claim("good-year", denies=("bad-year",)),
        claim("bad-year", by="memo"),
        argument("so-good", "claim:good-year", "figure:growers"),
        argument("so-bad", "claim:bad-year", "figure:ministry"),
        *more,
    )


def test_what_follows_stands_in_the_group_of_the_dispute() -> None:
    [made] = findings(harvest()).groups
    assert made.subject.text == "harvest"
    assert [row.subject.text for row in made.rows][:2] != ["yield", "yield"]
    assert made.rows[0].follows is None
    assert {row.follows.text for row in made.rows[1:] if row.follows} == {"the conflict over the harvest"}
    assert (len(made.rows), made.following) == (3, 2)


def test_a_dispute_is_introduced_by_itself_and_not_by_what_follows() -> None:
    """Though the claims and the yields lie farther apart than the harvests."""
    [made] = findings(harvest()).groups
    assert made.summary.startswith("Ministry says 50 tonnes; Growers says 60 tonnes.")
    assert made.severity == made.rows[0].severity < max(row.severity for row in made.rows)


def test_the_first_page_counts_one_dispute() -> None:
    page = home(harvest(), ())
    assert [made.following for made in page.disputed] == [2]
    assert page.contradictions == ()


def test_the_page_of_a_measure_lists_what_follows_elsewhere() -> None:
    sheet, other = group(harvest(), "measure", "harvest"), group(harvest(), "measure", "yield")
    assert sheet and len(sheet.group.rows) == 3 and len(sheet.pairings) == 1
    assert other and [row.follows.text for row in other.group.rows if row.follows] == ["the conflict over the harvest"]


def test_a_dispute_and_what_follows_from_it_lead_to_each_other() -> None:
    view = harvest()
    [made] = findings(view).groups
    sheet = finding(view, made.rows[0].ref.slug)
    assert sheet and {row.ref.slug for row in sheet.followers} == {row.ref.slug for row in made.rows[1:]}
    for row in sheet.followers:
        back = finding(view, row.ref.slug)
        assert back and back.row.follows and back.row.follows.slug == sheet.row.ref.slug


def test_lists_and_exports_say_what_a_finding_follows_from() -> None:
    view = harvest()
    first, *others = exported_findings(view, view.ranked)
    assert first.follows_from is None
    assert [out.follows_from for out in others] == [first.id, first.id]


def test_what_follows_stands_alone_where_the_dispute_is_not_listed() -> None:
    [made] = findings(harvest(), query="about:yield").groups
    assert made.subject.text == "yield"
    assert [row.follows.text for row in made.rows if row.follows] == ["the conflict over the harvest"]
