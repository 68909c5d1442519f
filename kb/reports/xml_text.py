"""Texts in drawings: every character that XML forbids is replaced."""

import re
from xml.sax.saxutils import escape

# The Char production of XML 1.0, which has no form in which the others could be written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` as the content of an element.

    >>> xml_text("a < b\x1b")
    'a &lt; b\ufffd'
    """
    return escape(_FORBIDDEN.sub("\ufffd", text))
