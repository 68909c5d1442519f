"""Decisions read from the forms on the pages: on a finding, on two names, on an answer, on a passage."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs

from kb.domain.answer import Certainty, Concern
from kb.domain.assessment import AssessmentRequest
from kb.domain.entity import Decision
from kb.domain.identity import LONGEST_TEXT, Author
from kb.domain.problem import Problem, Refused
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest

LARGEST = 16_384
"""Most bytes that a form may send."""

_UNDO = "undo"
_MOST_FIELDS = 20
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
    sent = _fields(body)
    decision = _decision(sent.get("decision", ""))
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
    sent = _fields(body)
    decided = {"same": True, "different": False, _UNDO: None}
    decision = sent.get("decision", "")
    if decision not in decided:
        raise Refused([Problem(where="form", what="nothing was chosen", hint="the same, or not the same")])
    author = _author(sent)
    left, right, (token,) = sent.get("left", ""), sent.get("right", ""), _seen_fields(sent, "stamp")
    return MatchRequest(
        left=left, right=right, same=decided[decision], text=author.reason, concurrency_token=token
    ), author


def assessment_form(question: str, body: bytes) -> tuple[AssessmentRequest, Author]:
    """The judgement on the answer to ``question`` that the form sends, and who sends it why.

    Raises:
        Refused: a field is missing, too long or not understood.
        UnreadableForm: the body is not that of a form.
    """
    sent = _fields(body)
    decision, certainty = sent.get("decision", ""), sent.get("certainty", "")
    if decision not in ("assess", _UNDO) or certainty not in ("", *Certainty):
        raise Refused([Problem(where="form", what="nothing was chosen", hint="judge the answer, or undo it")])
    author = _author(sent)
    seen, stamp = _seen_fields(sent, "seen", "stamp")
    return AssessmentRequest(
        question=question,
        certainty=Certainty(certainty) if certainty else None,
        concerns=tuple(concern for concern in Concern if sent.get(f"because-{concern}")),
        withdraws=decision == _UNDO,
        seen=seen,
        concurrency_token=stamp,
    ), author


def passage_form(body: bytes) -> tuple[PassageDecision, Author]:
    """The decision on a passage that the form sends, and who sends it why.

    Raises:
        Refused: a field is missing, too long or not understood.
        UnreadableForm: the body is not that of a form.
    """
    sent = _fields(body)
    decision, _, offer = sent.get("decision", "").partition("-")
    if decision not in ("accept", "reject"):
        raise Refused([Problem(where="form", what="nothing was chosen", hint="accept a place, or turn them all down")])
    entry, (seen,) = sent.get("entry", ""), _seen_fields(sent, "seen")
    return PassageDecision(
        entry=entry,
        accepts=decision == "accept",
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


def _fields(body: bytes) -> dict[str, str]:
    sent = _decoded(body)
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
        sent = parse_qs(body.decode(), errors="strict")
    except UnicodeDecodeError:
        raise UnreadableForm("The form is not UTF-8.") from None
    if any("\0" in text for name, values in sent.items() for text in (name, *values)):
        raise UnreadableForm("The form contains the character U+0000, which no text may contain.")
    return sent


def _decision(text: str) -> Decision | None:
    if text == _UNDO:
        return None
    if text not in list(Decision):
        raise Refused(
            [
                Problem(
                    where="form", what="nothing was chosen", hint="accept a figure, dismiss the finding, or explain it"
                )
            ]
        )
    return Decision(text)
