"""Decisions read from the forms on our own pages: about a finding, two names or a passage."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from kb.domain.entity import Decision
from kb.domain.identity import Author
from kb.domain.problem import Problem, Refused
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest

LARGEST = 16_384
"""Bytes that a form may send."""

_UNDO = "undo"
_LONGEST = 2_000


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a form was sent from a page of the server that it was sent to.

    A browser names the page's origin with every form that it sends; a form on another site cannot name ours.
    """
    return headers.get("origin", "") == f"http://{headers.get('host', '')}"


def wish(finding: str, body: bytes) -> tuple[RulingRequest, Author]:
    """What the form sends about ``finding``, and who sends it why.

    Raises:
        Refused: something is missing or too long.
    """
    sent = _fields(body)
    decision = _decision(sent.get("decision", ""))
    author = _author(sent)
    figure = sent.get("figure", "") if decision is Decision.ACCEPT else ""
    return RulingRequest(finding, decision, figure, author.reason, *_seen_fields(sent, "seen", "stamp")), author


def name_wish(body: bytes) -> tuple[MatchRequest, Author]:
    """What the form sends about two names, and who sends it why.

    Raises:
        Refused: something is missing or too long.
    """
    sent = _fields(body)
    decided = {"same": True, "different": False, _UNDO: None}
    decision = sent.get("decision", "")
    if decision not in decided:
        raise Refused([Problem("form", "nothing was chosen", "the same, or not the same")])
    author = _author(sent)
    left, right, stamp = sent.get("left", ""), sent.get("right", ""), *_seen_fields(sent, "stamp")
    return MatchRequest(left, right, decided[decision], author.reason, stamp), author


def choice(body: bytes) -> tuple[PassageDecision, Author]:
    """What the form sends about a passage that is in doubt, and who sends it why.

    Raises:
        Refused: something is missing or too long.
    """
    sent = _fields(body)
    decision, _, offer = sent.get("decision", "").partition("-")
    if decision not in ("accept", "reject"):
        raise Refused([Problem("form", "nothing was chosen", "accept a place, or turn them all down")])
    entry, (seen,) = sent.get("entry", ""), _seen_fields(sent, "seen")
    return PassageDecision(
        entry, decision == "accept", _whole_number(sent.get("passage", "")), _whole_number(offer), seen
    ), _author(sent)


def _seen_fields(sent: Mapping[str, str], *names: str) -> list[str]:
    """What a form says of what its reader saw; without it one decision would silently take the place of another."""
    if not all(sent.get(name) for name in names):
        what = "the form does not say what it was made on"
        raise Refused([Problem("form", what, "load its page anew")])
    return [sent[name] for name in names]


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _author(sent: Mapping[str, str]) -> Author:
    actor, text = sent.get("actor", ""), sent.get("text", "")
    missing = [name for name, entered in (("your name", actor), ("the reason", text)) if not entered]
    if missing:
        raise Refused([Problem("form", f"{' and '.join(missing)} must be there")])
    return Author(actor, text)


def _fields(body: bytes) -> dict[str, str]:
    try:
        sent = parse_qs(body.decode(), max_num_fields=20, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise Refused([Problem("form", "what was sent cannot be read")]) from None
    fields = {name: " ".join(values[-1].split()) for name, values in sent.items()}
    if any(len(text) > _LONGEST for text in fields.values()):
        raise Refused([Problem("form", f"a text has at most {_LONGEST:,} characters here")])
    return fields


def _decision(text: str) -> Decision | None:
    if text == _UNDO:
        return None
    if text not in list(Decision):
        raise Refused([Problem("form", "nothing was chosen", "accept a figure, dismiss the finding, or explain it")])
    return Decision(text)
