"""What does a text in LaTeX say? Accents, braces and commands as plain letters, and nothing lost on the way."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

_BARE = re.compile(r"(?<!\\)([%&#])")
"""In BibTeX these are letters; to LaTeX they would be a comment, a column and an argument."""
_LINK = re.compile(r"\\href\s*\{[^{}]*\}")
_SAID = ("TeX", "LaTeX", "BibTeX", "LaTeXe")
_DEEPEST = 50


def _reader() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    own = [MacroTextSpec(name, simplify_repl=name) for name in _SAID] + [MacroTextSpec("url", simplify_repl="%s")]
    context.add_context_category("bibliography", prepend=True, macros=own)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=False)


_READER = _reader()


def plain(text: str) -> str:
    r"""``text`` without LaTeX.

    >>> plain(r"{C}af{\'e}s \& co: 50% of \emph{\$40} --- t{\"o}o 'dear'")
    "Cafés & co: 50% of $40 — töo 'dear'"
    """
    if not any(sign in text for sign in "\\{}$~`'-"):
        return text
    if text.count("{") > _DEEPEST:
        return re.sub(r"[{}]", "", text)
    try:
        read: str = _READER.latex_to_text(_BARE.sub(r"\\\1", _LINK.sub("", text)))
    except (RecursionError, IndexError, ValueError):
        return re.sub(r"[{}]", "", text)
    return re.sub(r"\s+", " ", read).strip()
