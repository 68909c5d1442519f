"""How much may a stranger's file cost us? So many bytes, seconds, bytes of memory, characters and pages."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        size: Most bytes of the file.
        seconds: Longest time that reading may take by the clock on the wall.
        memory: Most bytes of address space of the process that reads; kept where the system can (not on Windows).
        output: Most bytes of what comes of it: the text and all that is said about it.
        pages: Most pages of a PDF.
    """

    size: int = 100 * MEGABYTE
    seconds: float = 120
    memory: int = 1024 * MEGABYTE
    output: int = 32 * MEGABYTE
    pages: int = 3000


LIMITS = Limits()


def megabytes(size: int) -> str:
    """``size`` as people say it, e.g. ``50 MB``."""
    return f"{max(size / MEGABYTE, 0.1):,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"
