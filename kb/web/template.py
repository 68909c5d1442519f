"""How does a value become a page? Through templates that print, and that fail on a name that is not there."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kb.reports.naming import severity_words
from kb.reports.value import Ref
from kb.web.address import event_path, kept, path_of
from kb.web.catalog import SECTIONS


def environment(templates: Path) -> Environment:
    """The templates in ``templates``, with every value escaped and undefined names refused."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["href"] = _href
    made.filters["kept"] = _kept
    made.filters["event_href"] = _event_href
    made.filters["variables"] = _variables
    made.filters["severity"] = severity_words
    made.globals["sections"] = SECTIONS
    made.globals["stylesheet"] = _versioned(templates / "static" / "kb.css")
    return made


def printed(templates: Environment, name: str, names: Mapping[str, Any]) -> bytes:
    """The page that template ``name`` makes of ``names``, in UTF-8."""
    return templates.get_template(name).render(names).encode()


@pass_context
def _href(context: Context, ref: Ref) -> str:
    """The address of ``ref``'s page at the moment of the page that links to it."""
    return kept(path_of(ref), context["moment"])


@pass_context
def _kept(context: Context, address: str) -> str:
    """``address`` at the moment of the page that links to it."""
    return kept(address, context["moment"])


@pass_context
def _event_href(context: Context, position: int) -> str:
    """The address of an event at the moment of the page that links to it."""
    return kept(event_path(position), context["moment"])


def _variables(text: str) -> Markup:
    """``text``, escaped, with the names between its backticks set as variables."""
    return Markup(re.sub(r"`([^`]+)`", r'<i class="variable">\1</i>', str(escape(text))))


def _versioned(file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"/static/{file.name}?v={digest[:12]}"
