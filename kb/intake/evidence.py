"""Passages of claims that can hardly bear them: a title, a sentence on other things, one sentence for many claims."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kb.domain.entity import Claim, Source
from kb.domain.identity import Id
from kb.domain.passage import Anchor, Passage
from kb.intake.anchoring import source_of
from kb.intake.claim import STUB, DeclaredClaim, split_locators
from kb.intake.document_reader.opening_lines import language_of
from kb.intake.passage import sentence_of
from kb.intake.resolver import Resolver, SeedFile
from kb.intake.shape import Scalar

Locate = Callable[[Claim, Source, Passage], Anchor | None]
"""Where a passage of a claim stands in the document of its source; None where that is not known."""

MOST_CLAIMS = 3
"""How many claims one passage may stand for without a warning."""
_STEM = 5
"""Letters of a word that have to be the same: ``costs``, ``costly``."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_NUMBER = re.compile(r"\d[\d.,\u2009\u202f]*")
_HAN = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class _ClaimPassage:
    """A passage of a claim, with the place of its locator in the seed file."""

    claim: Claim
    source: Source
    passage: Passage
    locator: Scalar
    seed_file: SeedFile


def warn_of_weak_evidence(
    declared: Iterable[tuple[DeclaredClaim, SeedFile]], resolver: Resolver, locate: Locate
) -> None:
    """Warns where a claim points to the title of its source, or to a sentence that shares no name or number with it."""
    by_passage: dict[tuple[Id, str], list[_ClaimPassage]] = defaultdict(list)
    for places in _places(declared, resolver):
        sentences = []
        for place in places:
            by_passage[place.source.id, str(place.passage)].append(place)
            if anchor := locate(place.claim, place.source, place.passage):
                sentences.append("".join(sentence_of(anchor)))
                _warn_of_title(place, sentences[-1])
        if len(sentences) == len(places):
            _warn_of_other_words(places[0], sentences)
    for sharing in by_passage.values():
        if len({place.claim.id for place in sharing}) > MOST_CLAIMS:
            what = f"{sharing[0].passage} stands for {len(sharing)} claims, and is hardly the evidence of each"
            sharing[0].seed_file.warn(sharing[0].locator, what, "point each claim to the sentence that says it")


def _places(declared: Iterable[tuple[DeclaredClaim, SeedFile]], resolver: Resolver) -> Iterator[list[_ClaimPassage]]:
    """The passages of each claim that has any."""
    for entry, seed_file in declared:
        claim = resolver.entity(Claim, entry.entry.id or None)
        source = resolver.entity(Source, source_of(claim)) if claim else None
        # A draft is not put into words yet.
        if claim is None or source is None or not claim.passages or claim.text.startswith(STUB):
            continue
        locators = [place for locators in entry.entry.record.at for place in split_locators(locators)]
        yield [
            _ClaimPassage(claim, source, passage, locator, seed_file)
            for passage, locator in zip(claim.passages, locators, strict=False)
        ]


def _warn_of_title(place: _ClaimPassage, sentence: str) -> None:
    if _plain(sentence) == _plain(place.source.title):
        what = f"{place.passage} is the title of '{place.source.slug}', which announces and shows nothing"
        place.seed_file.warn(place.locator, what, "point to the sentence that says it")


def _warn_of_other_words(first: _ClaimPassage, sentences: list[str]) -> None:
    """Warns where none of the ``sentences`` of a claim has a word in common with it."""
    # Words of two languages have nothing in common even where they say the same.
    if _is_translated(first.claim.text, sentences) or _share_terms(first.claim.text, " ".join(sentences)):
        return
    what = f"this shares neither a name nor a number with its claim: {_short(sentences[0])}"
    first.seed_file.warn(first.locator, what, "point to the sentence that says it, or reword the claim")


def _is_translated(claim: str, sentences: Iterable[str]) -> bool:
    """Whether a claim is in another language than its sentences, as their words or else their letters tell."""
    own, other = language_of(claim, least=1), language_of(" ".join(sentences), least=1)
    if own and other:
        return own.value != other.value
    return _has_latin(claim) != _has_latin(" ".join(sentences))


def _has_latin(text: str) -> bool:
    """Whether most letters of a text are Latin ones."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) > len(letters)


def _share_terms(claim: str, sentence: str) -> bool:
    terms, others = _terms(claim), _terms(sentence)
    if not terms or not terms.isdisjoint(others):
        return True
    # A thing that has a capital in a heading may have none in a sentence: the Gym Model, a gym.
    return not (_names(claim).isdisjoint(_words(sentence)) and _names(sentence).isdisjoint(_words(claim)))


def _names(text: str) -> frozenset[str]:
    """The words that begin with a capital, of three letters or more, in small letters."""
    return frozenset(match[0].casefold() for match in _NAME.finditer(text) if len(match[0]) > 2) - _CLOSED


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold())) - _CLOSED


_CLOSED = frozenset(
    re.findall(r"\w+", "the and but for not its his her our you they who how why what with from this that")
)
"""Words that begin a sentence and say nothing of what it is about."""


def _terms(text: str) -> frozenset[str]:
    """The names, the numbers and the beginnings of longer words; of a script without blanks the pairs of characters."""
    pairs = (text[at : at + 2] for match in _HAN.finditer(text) for at in range(match.start(), match.end() - 1))
    numbers = (re.sub(r"\D", "", match[0]).rstrip("0") for match in _NUMBER.finditer(text))
    words = (word for match in (*_WORD.finditer(text), *_NAME.finditer(text)) if (word := match[0].casefold()))
    return frozenset((*pairs, *numbers, *(word[:_STEM] for word in words if word not in _CLOSED))) - {""}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _short(sentence: str) -> str:
    words = " ".join(sentence.split())
    return f"'{words}'" if len(words) <= 80 else f"'{words[:79].rstrip()}…'"
