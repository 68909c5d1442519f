"""What is in the shipped seeds? Counts, the numbers that matter, and how the map of arguments hangs together."""

from decimal import Decimal

import pytest

from kb.domain.entity import ArgumentKind, Claim, Figure, InputKind, NodeKind, Source, Stance
from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import Reading

FEWEST = {
    # file: figures with all their mentions, figures without the dependent ones, claims
    "compelled-philanthropy": (15, 12, 13),
    "brokenomics": (146, 58, 28),
    "who-wins": (27, 21, 13),
    "paid-apis-thread": (23, 21, 24),
    "distillation-queries": (15, 8, 13),
}

NUMBERS = [
    # figure, low, high, bound, hedge, unit
    ("compelled-philanthropy/plan-value", "2000", "3000", "at_least", "none", "USD/month"),
    ("compelled-philanthropy/resale-discount", "0.7", "0.9", "range", "none", "fraction"),
    ("compelled-philanthropy/rented-identity", "20", "30", "range", "about", "USD/account"),
    ("brokenomics/anthropic-value", "8000", "8000", "exact", "none", "USD/month"),
    ("brokenomics/anthropic-value/also", "8000", "8000", "exact", "none", "USD/month"),
    ("brokenomics/anthropic-value/zh-3", "8000", "8000", "exact", "about", "USD/month"),
    ("brokenomics/openai-value", "14000", "14000", "exact", "none", "USD/month"),
    ("brokenomics/multiple", "20", "70", "range", "none", "multiple"),
    ("brokenomics/forty-for-one", "40", "40", "exact", "none", "multiple"),
    ("brokenomics/forty-for-one/zh", "0.025", "0.025", "exact", "none", "multiple"),
    ("brokenomics/quarter-margin", "-0.25", "-0.25", "at_most", "none", "fraction"),
    ("brokenomics/quarter-use", "0.25", "0.25", "exact", "none", "fraction"),
    ("brokenomics/assumed-gross-margin", "0.75", "0.75", "exact", "none", "fraction"),
    ("brokenomics/required-revenue", "358000000000", "358000000000", "exact", "none", "USD/year"),
    ("brokenomics/commitments", "1100000000000", "1100000000000", "exact", "none", "USD"),
    ("brokenomics/commitments/zh", "1100000000000", "1100000000000", "exact", "none", "USD"),
    ("brokenomics/raised", "230000000000", "230000000000", "more_than", "none", "USD"),
    ("brokenomics/colossus", "1250000000", "1250000000", "exact", "none", "USD/month"),
    ("brokenomics/infrastructure", "100000000000", "100000000000", "at_least", "none", "USD"),
    ("brokenomics/newsletter-length", "5000", "18000", "range", "none", "word"),
    ("brokenomics/newsletter-length-at-the-foot", "10000", "18000", "range", "none", "word"),
    ("brokenomics/newsletter-year", "70", "70", "exact", "none", "USD/year"),
    ("brokenomics/newsletter-month", "7", "7", "exact", "none", "USD/month"),
    ("brokenomics/cheap-model-saving", "0.95", "0.95", "at_most", "none", "fraction"),
    ("brokenomics/valuations", "1000000000000", "1000000000000", "exact", "nearly", "USD"),
    ("brokenomics/gym-heavy-users", "3", "3", "exact", "none", "person"),
    ("who-wins/anthropic-revenue", "30000000000", "30000000000", "more_than", "none", "USD/year"),
    ("who-wins/blended-price", "6", "6", "exact", "about", "USD/Mtoken"),
    ("who-wins/marginal-cost", "2", "2", "exact", "about", "USD/Mtoken"),
    ("who-wins/time-saved", "0.4", "0.4", "exact", "none", "hour"),
    ("who-wins/time-saved/also", "24", "24", "exact", "none", "minute"),
    ("who-wins/task-tokens", "20000000", "20000000", "exact", "none", "token"),
    ("who-wins/one-seller-margin", "0.67", "0.67", "exact", "about", "fraction"),
    ("who-wins/four-sellers-margin", "0.16", "0.16", "exact", "none", "fraction"),
    ("who-wins/capture-record", "1", "1", "exact", "none", "century"),
    ("who-wins/free-cash-flow", "0", "0", "exact", "about", "USD/year"),
    ("paid-apis-thread/deepseek-cost-share", "0.2", "0.2", "less_than", "none", "fraction"),
    ("paid-apis-thread/deepseek-margin", "0.8", "0.8", "more_than", "none", "fraction"),
    ("paid-apis-thread/google-volume", "480000000000000", "480000000000000", "exact", "none", "token/month"),
    ("paid-apis-thread/google-growth", "50", "50", "exact", "none", "multiple"),
    ("paid-apis-thread/openai-inference", "4000000000", "4000000000", "exact", "none", "USD/year"),
    ("distillation-queries/queries", "16000000", "16000000", "more_than", "none", "query"),
    ("distillation-queries/campaign", "16000000", "16000000", "exact", "none", "query"),
    ("distillation-queries/claude-price", "3", "15", "range", "none", "USD/Mtoken"),
    ("distillation-queries/campaign-cost", "48000", "240000", "range", "none", "USD"),
    ("distillation-queries/foregone", "100000000", "100000000", "at_least", "none", "USD"),
    ("distillation-queries/minimax-price", "0.3", "0.3", "exact", "about", "USD/Mtoken"),
]

SPREADS = [
    ("compelled-philanthropy/resale-discount", "spread"),
    ("compelled-philanthropy/plan-value", "estimate"),
    ("brokenomics/multiple", "spread"),
    ("brokenomics/newsletter-length", "spread"),
    ("distillation-queries/claude-price", "spread"),
    ("distillation-queries/campaign-cost", "spread"),
]

STANCES = [
    ("distillation-queries/accounts", Stance.ALLEGED),
    ("brokenomics/anthropic-value", Stance.MEASURED),
    ("brokenomics/assumed-gross-margin", Stance.ASSUMED),
    ("brokenomics/uber-output-gain", Stance.HYPOTHETICAL),
    ("paid-apis-thread/ferrari-margin", Stance.HYPOTHETICAL),
    ("who-wins/marginal-cost", Stance.DERIVED),
    ("who-wins/anthropic-revenue", Stance.PROJECTED),
]

CLAIMS = [
    # claim, who says it first, how it is said
    ("brokenomics/price-cuts-are-considered", "(people familiar with the matter)", Stance.REPORTED),
    ("brokenomics/price-cuts-are-forced", "Ed Zitron", Stance.ASSERTED),
    ("brokenomics/gym-model-fails", "Ed Zitron", Stance.HYPOTHETICAL),
    ("brokenomics/plans-are-subsidised", "SemiAnalysis", Stance.MEASURED),
    ("paid-apis-thread/margins-said-to-be-negative", "(people)", Stance.REPORTED),
    ("compelled-philanthropy/customers-are-the-moat", "(trade press and investor memos)", Stance.REPORTED),
    ("compelled-philanthropy/no-moat-anywhere", "(author of Compelled philanthropy)", Stance.ASSERTED),
    ("compelled-philanthropy/resellers-log-prompts", "(accounts that are not named)", Stance.ALLEGED),
    ("compelled-philanthropy/lab-subsidises-its-rivals", "(author of Compelled philanthropy)", Stance.HYPOTHETICAL),
    ("who-wins/largest-model-makes-progress", "(author of Who Wins in AI?)", Stance.REPORTED),
    ("distillation-queries/labs-distilled-claude", "Anthropic", Stance.ALLEGED),
    ("distillation-queries/distilling-beats-training", "Sara Voss", Stance.HYPOTHETICAL),
]


def test_the_seeds_check_clean_without_any_document(reading: Reading):
    assert [str(problem) for problem in reading.problems] == []


@pytest.mark.parametrize(("file", "fewest"), FEWEST.items())
def test_each_document_is_told_with_its_figures_and_claims(corpus: Knowledge, file: str, fewest: tuple[int, int, int]):
    figures = [figure for figure in corpus.figures.values() if figure.file == file]
    own = [figure for figure in figures if figure.depends_on is None]
    claims = [claim for claim in corpus.claims.values() if claim.file == file]
    counted = (len(figures), len(own), len(claims))
    assert all(have >= want for have, want in zip(counted, fewest, strict=True)), counted


@pytest.mark.parametrize(("slug", "low", "high", "bound", "hedge", "unit"), NUMBERS)
def test_a_number_is_kept_as_said(corpus: Knowledge, slug: str, low: str, high: str, bound: str, hedge: str, unit: str):
    said = named(corpus, slug).quantity
    assert (said.low, said.high) == (Decimal(low), Decimal(high))
    assert (said.bound, said.hedge, said.unit) == (bound, hedge, unit)


@pytest.mark.parametrize(("slug", "kind"), SPREADS)
def test_a_range_is_a_spread_or_an_estimate(corpus: Knowledge, slug: str, kind: str):
    assert named(corpus, slug).quantity.spread == kind


@pytest.mark.parametrize(("slug", "stance"), STANCES)
def test_a_stance_is_the_one_that_the_voice_takes(corpus: Knowledge, slug: str, stance: Stance):
    assert named(corpus, slug).stance is stance


@pytest.mark.parametrize(("slug", "origin", "stance"), CLAIMS)
def test_a_claim_keeps_its_first_voice_and_stance(corpus: Knowledge, slug: str, origin: str, stance: Stance):
    claim = corpus.named(Claim, slug)
    assert claim is not None
    assert (claim.voice.origin, claim.stance) == (origin, stance)


def test_a_share_of_a_whole_is_a_fraction(corpus: Knowledge):
    said = named(corpus, "brokenomics/faulty-citations").quantity
    assert said.unit == "fraction"
    assert said.low is not None
    assert round(said.low, 4) == Decimal("0.8889")


def test_the_number_of_another_voice_goes_through_the_author(corpus: Knowledge):
    voice = named(corpus, "brokenomics/anthropic-value").voice
    assert (voice.origin, voice.via) == ("SemiAnalysis", ("Ed Zitron",))


def test_the_translation_tells_no_number_of_its_own(corpus: Knowledge):
    chinese = corpus.named(Source, "brokenomics/zh")
    assert chinese is not None
    told = corpus.figures_of_source[chinese.id]
    assert len(told) >= 60
    assert [figure.slug for figure in told if figure.depends_on is None] == []


def test_what_the_translation_adds_is_kept_with_it(corpus: Knowledge):
    english, chinese = named(corpus, "brokenomics/openai-burn"), named(corpus, "brokenomics/openai-burn/zh")
    assert (english.quantity.unit, chinese.quantity.unit) == ("USD", "USD/year")
    assert chinese.quantity.low == english.quantity.low


def test_everything_inferred_about_a_source_has_a_reason(corpus: Knowledge):
    inferred = {source.slug: set(source.inferred) for source in corpus.sources.values()}
    assert inferred == {
        "compelled-philanthropy": {"issued"},
        "brokenomics/en": {"authors", "issued"},
        "brokenomics/zh": {"authors", "issued"},
        "who-wins": {"issued"},
        "paid-apis-thread": {"title", "issued"},
        "distillation-queries": {"title"},
    }
    assert all(source.reliability_reason for source in corpus.sources.values())


def test_both_sides_of_every_question_have_arguments(corpus: Knowledge):
    files: dict[tuple[str, str], set[str]] = {}
    for question in corpus.questions.values():
        to_it = corpus.arguments_to.get(question.id, ())
        for side in question.sides:
            files[question.slug, side.key] = {a.file for a in to_it if a.conclusion.side == side.key}
    assert len(files) >= 16
    # One document each deals with the first three; that the labs keep the value is argued by the editors alone.
    few = {question for (question, _), led in files.items() if len(led) < 2}
    assert few <= {"ai-spending-worth-it", "export-controls-work", "cut-off-legitimate", "labs-keep-value"}


def test_arguments_are_themselves_attacked(corpus: Knowledge):
    undercuts = [
        argument
        for argument in corpus.arguments.values()
        if argument.kind is ArgumentKind.ATTACKS and argument.conclusion.kind is NodeKind.ARGUMENT
    ]
    assert len(undercuts) >= 8


def test_premises_are_claims_figures_calculations_and_sides_of_questions(corpus: Knowledge):
    kinds = {premise.kind for argument in corpus.arguments.values() for premise in argument.premises}
    assert kinds == {NodeKind.CLAIM, NodeKind.FIGURE, NodeKind.CALCULATION, NodeKind.QUESTION}


def test_the_calculations_check_what_the_documents_reckon(corpus: Knowledge):
    checked = {
        corpus.figures[figure].slug for calculation in corpus.calculations.values() for figure in calculation.checks
    }
    assert len(corpus.calculations) >= 12
    assert checked >= {
        "brokenomics/multiple",
        "brokenomics/quarter-margin",
        "who-wins/marginal-cost",
        "who-wins/one-seller-margin",
        "who-wins/four-sellers-margin",
        "paid-apis-thread/deepseek-margin",
        "paid-apis-thread/ferrari-margin",
        "distillation-queries/campaign-cost",
    }


def test_the_tokens_of_a_query_are_missing(corpus: Knowledge):
    cost = next(each for each in corpus.calculations.values() if each.slug == "economics/campaign-cost")
    assert [given.name for given in cost.inputs if given.kind is InputKind.MISSING] == ["tokens_per_query"]


def test_claims_that_rest_on_a_calculation_say_when_they_hold(corpus: Knowledge):
    conditional = [claim for claim in corpus.claims.values() if claim.holds_if]
    assert len(conditional) >= 8


def test_sources_that_contradict_each_other_say_so(corpus: Knowledge):
    denied = [(claim.file, corpus.claims[other].file) for claim in corpus.claims.values() for other in claim.denies]
    assert any(one != other for one, other in denied)
    assert any(one == other for one, other in denied)


def test_every_word_of_the_vocabulary_is_used(corpus: Knowledge):
    measures = {measure.slug for measure in corpus.measures.values()}
    used = {corpus.measures[figure.measure].slug for figure in corpus.figures.values()}
    # An assumption is no figure, and says of which measure it is a value.
    inputs = [given for calculation in corpus.calculations.values() for given in calculation.inputs]
    used |= {corpus.measures[given.of].slug for given in inputs if given.of}
    assert measures == used


def test_each_question_and_claim_is_a_sentence(corpus: Knowledge):
    asked = [question.text for question in corpus.questions.values()]
    told = [claim.text for claim in corpus.claims.values()]
    assert all(text.endswith("?") for text in asked)
    assert all(text.endswith(".") and text[0].isupper() for text in told)
    assert len(told) == len(set(told))


def named(corpus: Knowledge, slug: str) -> Figure:
    found = corpus.named(Figure, slug)
    assert found is not None, slug
    return found
