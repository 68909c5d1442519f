"""A small press for tests: prints lines at their places into a PDF, scrambles or damages it."""

from collections.abc import Sequence

Placed = tuple[int, int, int, str]
"""Left and bottom in points, size of the letters, and the words."""

_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 1 0 R >> >> >>"
)
_LOCK = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"ab" * 32, b"cd" * 32)


def column(*lines: str, top: int = 720, left: int = 72, size: int = 11) -> list[Placed]:
    """Lines one below the other, as near as in a book."""
    return [(left, top - number * (size + 3), size, line) for number, line in enumerate(lines)]


def pdf(*pages: Sequence[Placed], information: str = "", packet: str = "", locked: bool = False) -> bytes:
    """A PDF with the given pages; ``locked`` wants a password."""
    bodies = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", b""]
    leaves = []
    for page in pages:
        shown = b"BT\n%s\nET" % b"\n".join(map(_shown, page))
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        bodies.append(_PAGE % len(bodies))
        leaves.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(leaves), len(leaves))
    bodies += [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< %s >>" % information.encode("latin-1"), _LOCK]
    last = len(bodies)
    trailer = b"/Size %d /Root %d 0 R /Info %d 0 R" % (last + 1, last - 2, last - 1)
    if locked:
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % last
    return _bound(bodies, trailer, packet.encode())


def _shown(placed: Placed) -> bytes:
    left, bottom, size, words = placed
    letters = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj" % (size, left, bottom, letters)


def _bound(bodies: Sequence[bytes], trailer: bytes, packet: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out) + len(packet)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, b"".join(places))
    return out + packet + table + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
