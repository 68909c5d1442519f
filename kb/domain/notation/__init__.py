"""How do people write quantities? Read in English and Chinese, and written in one canonical form."""

from kb.domain.notation.error import NotationError
from kb.domain.notation.quantity import read_quantity
from kb.domain.notation.reserved import reserved
from kb.domain.notation.search import Found, figures
from kb.domain.notation.writing import write_quantity

__all__ = ["Found", "NotationError", "figures", "read_quantity", "reserved", "write_quantity"]
