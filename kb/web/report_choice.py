"""What a reader chooses in the form for reports, read from the address that the form leads to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kb.app.reporting import LENGTHS, STYLES, ReportRequest
from kb.app.typesetting import FORMATS
from kb.domain.suggestion import did_you_mean
from kb.reports.query import UnreadableAddress
from kb.web.address import check_query, read_request

_QUESTION = "question"
CHOICES: Mapping[str, Sequence[str]] = {"format": FORMATS, "length": LENGTHS, "style": STYLES}
"""What may be chosen besides questions and the moment, by parameter of the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """A report as chosen.

    Attributes:
        questions: The names of its questions; none while nothing is chosen.
        format: One of ``FORMATS``; empty while the form is only shown.
        length: One of ``LENGTHS``.
        style: One of ``STYLES``; a file is never named from afar.
        at: Position of the log to report at; None for now.
    """

    questions: tuple[str, ...] = ()
    format: str = ""
    length: str = LENGTHS[0]
    style: str = STYLES[0]
    at: int | None = None

    @property
    def request(self) -> ReportRequest:
        """What the use case is asked for."""
        return ReportRequest(questions=self.questions, format=self.format, length=self.length, style=self.style)

    def as_format(self, format: str) -> "ReportChoice":
        """The same report in another format."""
        return replace(self, format=format)

    def address(self, path: str) -> str:
        """The address at which ``path`` has this report."""
        query = [*((_QUESTION, name) for name in self.questions)]
        query += [(name, getattr(self, name)) for name in CHOICES]
        query += [("at", str(self.at))] if self.at is not None else []
        return f"{path}?{urlencode(query)}"


def read_choice(query: Iterable[tuple[str, str]]) -> ReportChoice:
    """The report that the query of an address asks for.

    Raises:
        UnreadableAddress: a parameter is unknown, is given twice, or takes no such value.
    """
    # A form sends every field, also those that were left empty.
    sent = [(name, text) for name, text in query if text or name != "at"]
    others = [(name, text) for name, text in sent if name != _QUESTION]
    check_query(others, (_QUESTION, *CHOICES), ())
    given = dict(others)
    for name, known in CHOICES.items():
        if name in given and given[name] not in known:
            raise UnreadableAddress(_unknown(name, given[name], known))
    chosen = {name: given[name] for name in CHOICES if name in given}
    questions = tuple(dict.fromkeys(text for name, text in sent if name == _QUESTION and text))
    return ReportChoice(questions=questions, at=read_request("/report", "", given).at, **chosen)


def _unknown(name: str, text: str, known: Sequence[str]) -> str:
    hint = did_you_mean(text, known)
    advice = f"{hint[:1].upper()}{hint[1:]}" if hint else f"It takes {', '.join(known)}."
    return f"“{name}={text[:40]}” is none of the choices. {advice}"
