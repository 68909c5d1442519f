"""Voices in words: who speaks, and how many; that they are independent is never claimed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from kb.domain.confidence import Confidence, Likelihood
from kb.domain.entity import EDITORS, DependenceKind, Figure, Source, Stance, Voice, names_somebody
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.origin import (
    evidence_figures,
    evidence_origins,
    fold,
    independent_figures,
    origin_of,
    own_name,
    own_names,
    speaks_for_itself,
    unnamed_author,
)

EDITORS_INFERENCE = "Editors' inference"
"""What stands in place of the voice of a claim that the editors of the base infer."""


def voice_words(voice: Voice, beside: Source | None = None) -> str:
    """A voice with those who passed it on; ``beside`` the title of its source, which needs no second mention.

    >>> voice_words(Voice("DeepSeek", ("(commenter L)",))), voice_words(EDITORS)
    ('DeepSeek via unnamed commenter L', "Editors' inference")
    >>> voice_words(Voice("an official", ("The Times", "Ed Zitron")))
    'an official via The Times and Ed Zitron'
    """
    if voice == EDITORS:
        return EDITORS_INFERENCE
    origin, *others = (_own_author(name, beside) or name_words(name) for name in (voice.origin, *voice.via))
    *before, last = others or [""]
    through = f"{', '.join(before)} and {last}" if before else last
    return f"{origin} via {through}" if through else origin


def _own_author(name: str, source: Source | None) -> str:
    """``its unnamed author`` where ``name`` stands for the author of ``source``; empty for all other names."""
    author = unnamed_author(name, source)
    return author and f"its unnamed {author}"


def speaker_words(voice: Voice) -> str:
    """The first speaker of a voice, without those who passed it on."""
    return voice_words(Voice(voice.origin))


def attribution_words(knowledge: Knowledge, figure: Figure, *, beside_title: bool = False) -> str:
    """Who gives the number of ``figure``, and through whom it goes back to whom.

    ``Ann Ash via Ben Elm``; of a figure that passes on another, who wrote it, and the voice at the root of all that it
    repeats, quotes or translates: ``The Courier, quoting the association``. A translation is named by its title, which
    is left out ``beside_title``.
    """
    # What only Elm reports of Ash is not simply what Ash says; and where the Courier gives another sum than the
    # association, that sum is the Courier's.
    root = knowledge.origin_figure(figure)
    behind = voice_words(Voice(origin_of(knowledge, figure).name, root.voice.via))
    teller = _teller_words(knowledge, figure, root)
    if figure.depends_on is None or teller in ("", behind) or (beside_title and _is_title(knowledge, figure, teller)):
        return behind
    return f"{teller}{_PASSES_ON[figure.depends_on.kind]}{behind}"


_PASSES_ON: Mapping[DependenceKind, str] = {
    DependenceKind.QUOTES: ", quoting ",
    DependenceKind.REPEATS: ", repeating ",
    DependenceKind.TRANSLATES: ", translating ",
}


def _teller_words(knowledge: Knowledge, figure: Figure, root: Figure) -> str:
    """Who gives the number of ``root`` again in ``figure``; empty where its own voice does, in its own text."""
    voice, source = figure.voice, knowledge.sources.get(figure.source)
    alone = replace(figure, depends_on=None, follows=False)
    if origin_of(knowledge, alone).key != origin_of(knowledge, root).key:
        return voice_words(voice)
    if voice.via and voice.via != root.voice.via:
        return name_words(voice.via[-1])
    if source is None or figure.source == root.source or figure.depends_on is None:
        return ""
    # A translation is seldom signed by anybody but the author.
    if figure.depends_on.kind is DependenceKind.TRANSLATES:
        return title_words(source)
    return "" if fold(root.voice.origin) in own_names(source) else name_words(own_name(source))


def title_words(source: Source) -> str:
    """The short title of a source as sentences name it: in quotation marks, unless it is our own description."""
    marked = "title" in source.inferred or source.short_title.startswith("《")
    return source.short_title if marked else f"“{source.short_title}”"


def title_with_speaker(knowledge: Knowledge, figure: Figure) -> str:
    """The title of a figure's source, and whom it quotes where it does not speak for itself.

    ``“The Courier”, quoting Ann Ash``; without a recorded source, who gives the number.
    """
    source = knowledge.sources.get(figure.source)
    if source is None:
        return attribution_words(knowledge, figure)
    title = title_words(source)
    # A translation leaves the voices as they are.
    if source.translation_of:
        return title
    if speaks_for_itself(figure, source):
        one_of_several = len(source.authors) > 1 and figure.voice.origin in source.authors
        return in_brackets(title, figure.voice.origin if one_of_several else "")
    return f"{title}{_PASSES_ON[DependenceKind.QUOTES]}{speaker_words(figure.voice)}"


def _is_title(knowledge: Knowledge, figure: Figure, teller: str) -> bool:
    return figure.source in knowledge.sources and teller == title_words(knowledge.sources[figure.source])


def as_subject(name: str) -> str:
    """A name before its verb, with a comma that closes what is said of it.

    >>> as_subject("The Courier, quoting Ann Ash"), as_subject("Ann Ash")
    ('The Courier, quoting Ann Ash,', 'Ann Ash')
    """
    return f"{name}," if any(words in name for words in _PASSES_ON.values()) else name


def named_once(knowledge: Knowledge, text: str, figures: Iterable[Figure]) -> str:
    """``text`` with those who passed on a number of ``figures``, and those whom they quote, named once only.

    ``Ash via Elm says $5, not $6. Ash may mean both.``
    """
    figures = tuple(figures)
    for full in dict.fromkeys(attribution_words(knowledge, figure) for figure in figures):
        teller = next((full.partition(words)[0] for words in _PASSES_ON.values() if words in full), "")
        if teller:
            first, mention, rest = _split_at(text, full)
            text = first + mention + rest.replace(f"{full},", teller).replace(full, teller)
    return via_once(text, (knowledge.origin_figure(figure).voice for figure in figures))


def via_once(text: str, voices: Iterable[Voice]) -> str:
    """``text`` with those who passed a voice on named at its first mention only.

    >>> via_once("Ash via Elm says $5, not $6. Ash via Elm may mean both.", [Voice("Ash", ("Elm",))])
    'Ash via Elm says $5, not $6. Ash may mean both.'
    """
    for voice in dict.fromkeys(voices):
        full, short = voice_words(voice), speaker_words(voice)
        if voice.via:
            first, mention, rest = _split_at(text, full)
            text = first + mention + rest.replace(full, short)
    return text


def _split_at(text: str, name: str) -> tuple[str, str, str]:
    """What stands before the first mention of a name, the mention itself, and the rest."""
    for written in (name, name[:1].upper() + name[1:]):
        if written in text:
            return text.partition(written)
    return text, "", ""


def name_words(name: str) -> str:
    """The name of a speaker, or the one that we gave, said to be ours.

    >>> name_words("Ed Zitron"), name_words("(commenter A)"), name_words("(author of Tides)")
    ('Ed Zitron', 'unnamed commenter A', 'the unnamed author of “Tides”')
    >>> name_words("(a discussion)"), name_words("(some accounts)"), name_words("(The islanders)")
    ('an unnamed discussion', 'some unnamed accounts', 'the unnamed islanders')
    >>> name_words("(speakers in The Story of Tides)"), name_words("(author of the thread)")
    ('unnamed speakers in “The Story of Tides”', 'the unnamed author of the thread')
    """
    if names_somebody(name):
        return name
    given = _TITLED.sub(r"\1“\2”", name[1:-1].strip())
    determiner, described = _DETERMINER.fullmatch(given).groups()  # type: ignore[union-attr]
    if determiner:
        return f"{'an' if determiner.lower() == 'a' else determiner.lower()} unnamed {described}"
    # "The author of Tides", but "speakers in The Story of Tides".
    return f"the unnamed {given}" if " of " in given.partition(" in ")[0] else f"unnamed {given}"


# A title is set off: without its quotation marks, "the author of Who Wins?: 16%" has a stop in the middle. A
# description, as in "the author of the thread", has no capital.
_TITLED = re.compile(r"^(.*\b(?:authors?|writers?|translators?) of |speakers in )([A-Z\d].*)$", re.DOTALL)
_DETERMINER = re.compile(
    r"(?:(an?|the|some|several|many|most|other|two|three|four|five)\s+)?(.*)", re.IGNORECASE | re.DOTALL
)


def in_brackets(name: str, *about: str) -> str:
    """A name with what is said about it in one pair of brackets; what is empty is left out.

    >>> in_brackets("Ed Zitron", "OpenAI, the $200 plan", "alleged"), in_brackets("Ed Zitron", "")
    ('Ed Zitron (OpenAI, the $200 plan; alleged)', 'Ed Zitron')
    """
    words = "; ".join(filter(None, about))
    return f"{name} ({words})" if words else name


MARKED_STANCES = frozenset(
    {
        Stance.ALLEGED,
        Stance.ASSUMED,
        Stance.HYPOTHETICAL,
        Stance.PROJECTED,
        Stance.ESTIMATED,
        Stance.NEGATED,
    }
)
"""The stances that stand beside a number wherever it is shown: without the word it would pass for a fact."""


def stance_mark(stance: Stance | None) -> str:
    """The word of a stance that stands beside its number; empty for one that needs none.

    >>> stance_mark(Stance.ALLEGED), stance_mark(Stance.NEGATED), stance_mark(Stance.MEASURED)
    ('alleged', 'denied', '')
    """
    return stance_words(stance) if stance and stance in MARKED_STANCES else ""


def stance_words(stance: Stance) -> str:
    """A stance as readers know it: one that seed files write as ``negated`` is a denial."""
    return "denied" if stance is Stance.NEGATED else str(stance)


_HELD_BY: Mapping[Stance, str] = {
    Stance.ASSERTED: "asserted by",
    Stance.REPORTED: "reported by",
    Stance.MEASURED: "measured by",
    Stance.ESTIMATED: "estimated by",
    Stance.PROJECTED: "projected by",
    Stance.DERIVED: "concluded by",
    Stance.ALLEGED: "alleged by",
    Stance.ASSUMED: "assumed by",
    Stance.HYPOTHETICAL: "put forward as a supposition by",
    Stance.NEGATED: "denied by",
}
"""How a voice holds a claim, before its name, so that no verb need agree with the name."""

_WITHOUT_CONFIDENCE = frozenset({Stance.ASSUMED, Stance.HYPOTHETICAL})
"""The stances that commit a voice to nothing, so that no confidence can be read in its words."""


def held_by_words(voice: Voice, stance: Stance, confidence: Confidence) -> str:
    """Who holds a claim, how, and how sure the voice sounds as the editors read it.

    >>> held_by_words(Voice("Ann Ash"), Stance.ASSERTED, Confidence("likely"))
    'asserted by Ann Ash; read as likely'
    >>> held_by_words(Voice("Ann Ash"), Stance.NEGATED, Confidence("very likely"))
    'denied by Ann Ash; the denial read as very likely'
    >>> held_by_words(Voice("Ann Ash"), Stance.HYPOTHETICAL, Confidence("likely"))
    'put forward as a supposition by Ann Ash'
    >>> held_by_words(EDITORS, Stance.DERIVED, Confidence("likely"))
    "Editors' inference, judged likely"
    """
    if voice == EDITORS:
        return f"{EDITORS_INFERENCE}, {judged_words(confidence)}"
    return _with_reading(f"{_HELD_BY[stance]} {voice_words(voice)}", stance, confidence)


def held_words(stance: Stance, confidence: Confidence) -> str:
    """How a voice says something, and how sure it sounds as the editors read it; of a supposition, only how.

    >>> held_words(Stance.NEGATED, Confidence("0.9")), held_words(Stance.ASSUMED, Confidence("unlikely"))
    ('denied; the denial read as 90% likely', 'assumed')
    """
    return _with_reading(stance_words(stance), stance, confidence)


def _with_reading(words: str, stance: Stance, confidence: Confidence) -> str:
    # A voice hardly ever says how likely its own statement is: the word is the editors', and must not look like hers.
    if stance in _WITHOUT_CONFIDENCE:
        return words
    what = "the denial read" if stance is Stance.NEGATED else "read"
    return f"{words}; {what} as {likelihood_words(confidence)}"


def reading_words(stance: Stance, confidence: str) -> str:
    """A confidence in words beside its name; empty for a stance that commits a voice to nothing.

    >>> reading_words(Stance.ASSERTED, "likely"), reading_words(Stance.HYPOTHETICAL, "likely")
    ('likely, as the editors read it', '')
    """
    return "" if stance in _WITHOUT_CONFIDENCE else f"{confidence}, as the editors read it"


def judged_words(confidence: Confidence) -> str:
    """How likely the editors judge what they infer or assume themselves.

    >>> judged_words(Confidence("likely")), judged_words(Confidence("roughly even"))
    ('judged likely', 'judged about as likely as not')
    """
    words = likelihood_words(confidence)
    return f"judged {'as ' if words.startswith('having ') else ''}{words}"


def likelihood_words(confidence: Confidence) -> str:
    """How likely a statement is said to be.

    >>> likelihood_words(Confidence("almost no chance")), likelihood_words(Confidence("very likely"))
    ('having almost no chance', 'very likely')
    """
    low, high = confidence.range
    if low == high:
        return f"{float(low):.0%} likely"
    return _LIKELIHOODS.get(confidence.said, confidence.said)


_LIKELIHOODS: Mapping[str, str] = {
    Likelihood.ROUGHLY_EVEN: "about as likely as not",
    Likelihood.ALMOST_NO_CHANCE: "having almost no chance",
}


def is_plural_name(name: str) -> bool:
    """Whether a name takes the verb of several speakers.

    >>> [is_plural_name(name) for name in ("Ed Zitron", "Ash and Elm", "unnamed voices", "two unnamed officials")]
    [False, True, True, True]
    >>> [is_plural_name(name) for name in ("White House officials", "Anthropic financials", "executives at work")]
    [True, True, True]
    >>> [is_plural_name(name) for name in ("Reuters", "Harbour Works", "Pursers' union", "a survey of ports")]
    [False, False, False, False]
    >>> is_plural_name("unnamed people online via Ed Zitron")
    True
    >>> is_plural_name("unnamed teachers whom the office met via Ann Ash")
    True
    >>> is_plural_name("the police"), is_plural_name("a policewoman")
    (True, False)
    >>> is_plural_name("unnamed speakers in “Tides”"), is_plural_name("the unnamed author of “Tides and Ports”")
    (True, False)
    >>> is_plural_name("the unnamed author of “Tides” and Ann Ash"), is_plural_name("Ash via “Tides” and Elm")
    (True, False)
    >>> is_plural_name("“The orchards of 2025”"), is_plural_name("the growers, quoting Ann Ash")
    (False, True)
    """
    for words in _PASSES_ON.values():
        name = name.partition(words)[0]
    if name.startswith("both "):
        return True
    first, joins, _ = name.partition("” and ")
    if joins and " via " not in first:
        return True
    # “The Orchards” is one book.
    if name.startswith("“"):
        return False
    head = _ATTRIBUTE.split(name.partition("unnamed ")[2] or name, maxsplit=1)[0]
    if " and " in head and not name.startswith(("a ", "an ", "the ")):
        return True
    return bool(_PLURAL_NOUN.search(head))


# A name in capitals ends in "s" as often in the singular: Reuters, SemiAnalysis, Harbour Works. A common noun does not.
_ATTRIBUTE = re.compile(r" (?:of|in|at|from|on|who|whom|whose|which|that|with|via)\b")
_PLURAL_NOUN = re.compile(r"(?:^| )(?:[a-z]+(?<![sui])s|people(?: online)?|police)$")


def says_words(name: str, words: str, stance: Stance | None = None) -> str:
    """Who says a number, in a clause.

    >>> says_words("Ann Ash", "$5"), says_words("unnamed voices", "90%"), says_words("Ann Ash", "$5", Stance.NEGATED)
    ('Ann Ash says $5', 'unnamed voices say 90%', 'Ann Ash denies $5')
    >>> says_words("The Courier, quoting growers and packers", "$5")
    'The Courier, quoting growers and packers, says $5'
    """
    one, several = ("denies", "deny") if stance is Stance.NEGATED else ("says", "say")
    return f"{as_subject(name)} {several if is_plural_name(name) else one} {words}"


def with_stance(words: str, stance: Stance | None) -> str:
    """A number in words with the mark of its stance.

    >>> with_stance("$5", Stance.PROJECTED), with_stance("$5", Stance.REPORTED)
    ('$5 (projected)', '$5')
    """
    return with_mark(words, stance_mark(stance))


def with_mark(words: str, mark: str) -> str:
    """A number in words with what is said about it, in the brackets that it may have already; itself without a mark.

    >>> with_mark("$5", "in 2025"), with_mark("41 ± 13 birds (95% confidence interval)", "estimated")
    ('$5 (in 2025)', '41 ± 13 birds (95% confidence interval; estimated)')
    """
    if not mark:
        return words
    return f"{words[:-1]}; {mark})" if words.endswith(")") else f"{words} ({mark})"


def without_denial(words: str) -> str:
    """A number in words without the mark that it is denied, for a sentence whose verb says so.

    >>> without_denial("$5 (denied)"), without_denial("45 ± 3 (standard error; denied)"), without_denial("$5")
    ('$5', '45 ± 3 (standard error)', '$5')
    """
    return _DENIED.sub("", words)


_DENIED = re.compile(r" \(denied\)$|; denied(?=\)$)")


def shared_stance(knowledge: Knowledge, ids: Iterable[Id]) -> Stance | None:
    """The marked stance of a number that several figures give; None where one of them commits itself to it."""
    stances = [knowledge.figures[id].stance for id in ids if id in knowledge.figures]
    return stances[0] if stances and MARKED_STANCES.issuperset(stances) else None


# That nobody recorded a dependence does not make two voices independent: one may have copied the other unnoticed.
NO_DEPENDENCE = "no dependence between them is recorded"
"""What may be said of several voices, in place of calling them independent."""

_CARDINALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def cardinal(number: int) -> str:
    """A number within a sentence, in letters up to ten.

    >>> cardinal(2), cardinal(12)
    ('two', '12')
    """
    return _CARDINALS[number] if number < len(_CARDINALS) else str(number)


def voices_words(count: int) -> str:
    """How many voices say something; empty for none.

    >>> voices_words(1), voices_words(2), voices_words(0)
    ('one voice', 'two voices with no dependence recorded', '')
    """
    if count < 2:
        return "one voice" if count else ""
    return f"{cardinal(count)} voices{_WITHOUT_DEPENDENCE}"


_WITHOUT_DEPENDENCE = " with no dependence recorded"


def count_voices(knowledge: Knowledge, ids: Iterable[Id]) -> int:
    """How many voices some figures are evidence from; of figures that go back to one origin, one counts."""
    return len(independent_figures(knowledge, _recorded(knowledge, ids)))


def _recorded(knowledge: Knowledge, ids: Iterable[Id]) -> list[Figure]:
    return [figure for id in dict.fromkeys(ids) if (figure := knowledge.figures.get(id))]


def finding_voices_words(knowledge: Knowledge, finding: Finding) -> str:
    """How many voices give the numbers of a finding, on each of its sides; empty between claims."""
    match finding.kind:
        case FindingKind.CLAIMS:
            return ""
        case FindingKind.CHECK if finding.claims:
            # A calculation needs all of its numbers, whether or not their voices depend on each other.
            count = count_voices(knowledge, finding.figures)
            return f"calculated from the numbers of {cardinal(count)} voice{'s' * (count != 1)}"
        case FindingKind.CHECK:
            return _check_voices(knowledge, finding)
        case FindingKind.REPETITION:
            # The works that repeat a number add no voice, whoever their authors are.
            said = (id for pairing in finding.pairings for id in pairing.left.figures)
            return voices_words(count_voices(knowledge, dict.fromkeys(said)))
        case FindingKind.CORROBORATION | FindingKind.DRIFT | FindingKind.SERIES | FindingKind.SPREAD:
            # A retelling adds no voice, and a spread or series sets no two sides against each other.
            return voices_words(count_voices(knowledge, finding.figures))
        case FindingKind.ACROSS_SOURCES | FindingKind.WITHIN_SOURCE | FindingKind.FORECAST:
            headline = finding.pairings[finding.headline]
            return _voices_on_sides(knowledge, headline.left.figures, headline.right.figures)
        case _:
            assert_never(finding.kind)


def _voices_on_sides(knowledge: Knowledge, left: Iterable[Id], right: Iterable[Id]) -> str:
    sides = [_recorded(knowledge, ids) for ids in (left, right)]
    left_origins, right_origins = ({origin_of(knowledge, figure) for figure in side} for side in sides)
    left_keys, right_keys = ({origin.key for origin in origins} for origins in (left_origins, right_origins))
    if len(left_keys) == 1 and left_keys == right_keys:
        if left_origins != right_origins and any(origin.work for origin in left_origins):
            # Two unnamed people of one text may well be two, and are not called one; they only count as one.
            return "unnamed speakers of one text, who count as one voice"
        return "the same voice on both sides"
    counts = [len(independent_figures(knowledge, side)) for side in sides]
    left_evidence, right_evidence = (_evidence_of(knowledge, side) for side in sides)
    shared = left_evidence & right_evidence
    if counts == [1, 1]:
        return "one voice on each side" + (", but with evidence from one origin" if shared else "")
    more, fewer = max(counts), min(counts)
    name = "one voice" if more == 1 else f"{cardinal(more)} voices"
    where = "on each side" if more == fewer else f"on one side and {cardinal(fewer)} on the other"
    return f"{name} {where}," + (" but with evidence from one origin on both" if shared else _WITHOUT_DEPENDENCE)


def _evidence_of(knowledge: Knowledge, figures: Iterable[Figure]) -> set[str]:
    return {key for figure in figures for key in evidence_origins(knowledge, figure)}


def _check_voices(knowledge: Knowledge, finding: Finding) -> str:
    stated = _recorded(knowledge, finding.parts[1:])
    inputs = _recorded(knowledge, (id for id in finding.figures if id not in finding.parts[1:]))
    by = f"stated by {voices_words(len(independent_figures(knowledge, stated)))}"
    if not inputs:
        return by
    if all(figure.derived_from for figure in stated):
        used, needed = (_figures_behind(knowledge, figures) for figures in (stated, inputs))
        if used & needed:
            return f"{by}, which worked it out from {'the same' if needed <= used else 'some of these'} numbers"
    return f"{by} and calculated from {_whose_inputs(knowledge, stated, inputs)}"


def _figures_behind(knowledge: Knowledge, figures: Iterable[Figure]) -> set[Id]:
    return {behind.id for figure in figures for behind in evidence_figures(knowledge, figure, knowledge.origin_figure)}


def _whose_inputs(knowledge: Knowledge, stated: Sequence[Figure], inputs: Sequence[Figure]) -> str:
    """Whose numbers a calculation takes, beside those of the voices that state its result."""
    own = _evidence_of(knowledge, stated)
    borrowed = [figure for figure in inputs if own.isdisjoint(evidence_origins(knowledge, figure))]
    number = len(independent_figures(knowledge, borrowed))
    # A calculation needs all of its numbers, so that nothing depends on whether their voices are independent.
    if len(borrowed) == len(inputs):
        return f"the numbers of {cardinal(number)}"
    # Its own numbers do not bear a voice out.
    itself = f"{'its' if len(own) == 1 else 'their'} own numbers"
    if not borrowed:
        return itself
    return f"{itself} and those of {'one other' if number == 1 else f'{cardinal(number)} others'}"
