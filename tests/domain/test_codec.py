"""Values as text: a finding is written without the facts that it lacks, and read back as it was."""

from decimal import Decimal
from fractions import Fraction

from kb.domain.codec import canonical_json, compact_json, parse_json
from kb.domain.finding import (
    Finding,
    FindingKind,
    Ground,
    MissingRate,
    Pairing,
    PairingSide,
    ScopeDifference,
    ScopeDifferenceKind,
    Verdict,
)
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.scope import ScopeSelection

BERLIN = ScopeSelection(terms=(Id("berlin"),))
SIDE = PairingSide(
    figures=(Id("a"),),
    speaker=Id("a"),
    scope={"place": BERLIN},
    stated=Interval(None, Fraction(1, 3)),
)
PAIRING = Pairing(
    left=SIDE,
    right=PairingSide(),
    unit="USD",
    verdict=Verdict.CONFLICT,
    ground=Ground.APART,
    severity=Decimal("0.42"),
    differences=(ScopeDifference(key="place", kind=ScopeDifferenceKind.NAMED, left=BERLIN, right=None),),
    missing_rate=MissingRate("CNY", "USD", None),
    truth=False,
)
FINDING = Finding(
    id="0a",
    kind=FindingKind.SPREAD,
    rule="spread",
    verdict=Verdict.CONFLICT,
    severity=Decimal("0.42"),
    pairings=(PAIRING, PAIRING),
    digest="0b",
)


def test_a_finding_is_written_without_what_it_lacks() -> None:
    berlin = '{"end":null,"quantifier":"one","start":null,"terms":["berlin"],"text":""}'
    stated = '{"high":"1/3","low":null,"low_open":true}'
    side = f'{{"figures":["a"],"scope":{{"place":{berlin}}},"speaker":"a","stated":{stated}}}'
    pairing = (
        '{"differences":[{"key":"place","kind":"named","left":{"terms":["berlin"]},"right":null}],'
        f'"ground":"apart","left":{side},"missing_rate":{{"day":null,"from_currency":"CNY","to_currency":"USD"}},'
        '"right":{},"severity":"0.42","truth":false,"unit":"USD","verdict":"conflict"}'
    )
    assert compact_json(FINDING) == (
        f'{{"digest":"0b","id":"0a","kind":"spread","pairings":[{pairing},{pairing}],'
        '"rule":"spread","severity":"0.42","verdict":"conflict"}'
    )


def test_a_finding_is_read_back_as_it_was() -> None:
    assert parse_json(compact_json(FINDING), Finding) == FINDING == parse_json(canonical_json(FINDING), Finding)
