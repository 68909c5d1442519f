"""Decisions read from the forms on the pages: on a finding, on two names, on an answer, on a passage."""

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qs

from kb.domain.answer import Certainty, Concern
from kb.domain.assessment import AssessmentRequest
from kb.domain.entity import Decision
from kb.domain.identity import LONGEST_TEXT, Author
from kb.domain.problem import Problem, Refused
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest
from kb.domain.suggestion import did_you_mean

C = TypeVar("C")

LARGEST = 16_384
"""Most bytes that a form may send."""

_UNDO = "undo"
_AUTHOR = ("actor", "text")
_CONCERNS = {f"because-{concern}": concern for concern in Concern}
_MOST_FIELDS = 20
_LONGEST_NAME = 40
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class UnreadableForm(Exception):
    """The body of a request is not that of a form; the text says why."""


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a form was sent from a page of the server that it was sent to."""
    # A page at another port of this machine counts as the same site, so the cookie comes with a form that it sends. But
    # browsers name the origin of the page with every form they send, and no page can name an origin other than its own.
    return headers.get("origin", "") == f"http://{headers.get('host', '')}"


def ruling_form(finding: str, body: bytes) -> tuple[RulingRequest, Author]:
    """The ruling on ``finding`` that the form requests, and who requests it why.

    Raises:
        Refused: a field is missing, too long or not understood.
        UnreadableForm: the body is not that of a form.
    """
    sent = _fields(body, "decision", "figure", "seen", "stamp", *_AUTHOR)
    hint = "accept a figure, dismiss the finding, or explain it"
    decision = _choice(sent, "decision", {**{decision: decision for decision in Decision}, _UNDO: None}, hint)
    author = _author(sent)
    figure = sent.get("figure", "") if decision is Decision.ACCEPT else ""
    seen, stamp = _seen_fields(sent, "seen", "stamp")
    return RulingRequest(
        finding=finding, decision=decision, figure=figure, text=author.reason, seen=seen, concurrency_token=stamp
    ), author


def match_form(body: bytes) -> tuple[MatchRequest, Author]:
    """The decision on two names that the form requests, and who requests it why.

    Raises:
        Refused: a field is missing, too long or not understood.
        UnreadableForm: the body is not that of a form.
    """
    sent = _fields(body, "left", "right", "decision", "stamp", *_AUTHOR)
    decided = {"same": True, "different": False, _UNDO: None}
    same = _choice(sent, "decision", decided, "the same, or not the same")
    author = _author(sent)
    left, right, (token,) = sent.get("left", ""), sent.get("right", ""), _seen_fields(sent, "stamp")
    return MatchRequest(left=left, right=right, same=same, text=author.reason, concurrency_token=token), author


def assessment_form(question: str, body: bytes) -> tuple[AssessmentRequest, Author]:
    """The judgement on the answer to ``question`` that the form sends, and who sends it why.

    Raises:
        Refused: a field is missing, too long or not understood.
        UnreadableForm: the body is not that of a form.
    """
    sent = _fields(body, "decision", "certainty", *_CONCERNS, "seen", "stamp", *_AUTHOR)
    withdraws = _choice(sent, "decision", {"assess": False, _UNDO: True}, "judge the answer, or undo it")
    certainty = _choice(sent, "certainty", {"": None, **{certainty: certainty for certainty in Certainty}})
    author = _author(sent)
    seen, stamp = _seen_fields(sent, "seen", "stamp")
    return AssessmentRequest(
        question=question,
        certainty=certainty,
        concerns=tuple(concern for name, concern in _CONCERNS.items() if sent.get(name)),
        withdraws=withdraws,
        seen=seen,
        concurrency_token=stamp,
    ), author


def passage_form(body: bytes) -> tuple[PassageDecision, Author]:
    """The decision on a passage that the form sends, and who sends it why.

    Raises:
        Refused: a field is missing, too long or not understood.
        UnreadableForm: the body is not that of a form.
    """
    sent = _fields(body, "entry", "passage", "decision", "seen", *_AUTHOR)
    decision, _, offer = sent.get("decision", "").partition("-")
    hint = "accept a place, or turn them all down"
    accepts = _choice({"decision": decision}, "decision", {"accept": True, "reject": False}, hint)
    entry, (seen,) = sent.get("entry", ""), _seen_fields(sent, "seen")
    return PassageDecision(
        entry=entry,
        accepts=accepts,
        passage=_whole_number(sent.get("passage", "")),
        offer=_whole_number(offer),
        seen=seen,
    ), _author(sent)


def _seen_fields(sent: Mapping[str, str], *names: str) -> list[str]:
    """The fields that say what the reader of the form saw; all of them are required.

    Raises:
        Refused: one is missing.
    """
    # Of two readers with the same page open, the second would otherwise replace the first one's decision unseen.
    if not all(sent.get(name) for name in names):
        what = "the form does not say which state of the base it was made from"
        raise Refused([Problem(where="form", what=what, hint="reload its page")])
    return [sent[name] for name in names]


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _author(sent: Mapping[str, str]) -> Author:
    actor, text = sent.get("actor", ""), sent.get("text", "")
    missing = [name for name, entered in (("your name", actor), ("the reason", text)) if not entered]
    if missing:
        raise Refused([Problem(where="form", what=f"fill in {' and '.join(missing)}")])
    return Author(actor, text)


def _choice(sent: Mapping[str, str], field: str, choices: Mapping[str, C], hint: str = "") -> C:
    """What the word in ``field`` stands for.

    Raises:
        Refused: it is none of ``choices``.
    """
    word = sent.get(field, "")
    if word in choices:
        return choices[word]
    if not word:
        raise Refused([Problem(where="form", what="nothing was chosen", hint=hint)])
    *first, last = (f"'{choice}'" for choice in choices if choice)
    words = f"{', '.join(first)} or {last}" if first else last
    what = f"the field '{field}' does not take '{word[:_LONGEST_NAME]}'"
    raise Refused([Problem(where="form", what=what, hint=f"it takes {words}")])


def _fields(body: bytes, *names: str) -> dict[str, str]:
    """The fields that the form sends, of those called ``names``.

    Raises:
        Refused: it sends another, or one that is too long.
        UnreadableForm: the body is not that of a form.
    """
    sent = _decoded(body)
    # Whoever misspells a field would record a decision that is not hers.
    for name in sent:
        if name not in names:
            what = f"the form has no field '{name[:_LONGEST_NAME]}'"
            raise Refused([Problem(where="form", what=what, hint=did_you_mean(name, names))])
    fields = {name: " ".join(values[-1].split()) for name, values in sent.items()}
    if any(len(text) > LONGEST_TEXT for text in fields.values()):
        raise Refused([Problem(where="form", what=f"a field has at most {LONGEST_TEXT:,} characters")])
    return fields


def _decoded(body: bytes) -> dict[str, list[str]]:
    if _BROKEN_ESCAPE.search(body):
        raise UnreadableForm("The form contains a percent sign that is not followed by two hexadecimal digits.")
    if body.count(b"&") >= _MOST_FIELDS:
        raise UnreadableForm(f"The form has more than {_MOST_FIELDS} fields.")
    try:
        sent = parse_qs(body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise UnreadableForm("The form is not UTF-8.") from None
    if any("\0" in text for name, values in sent.items() for text in (name, *values)):
        raise UnreadableForm("The form contains the character U+0000, which no text may contain.")
    return sent
