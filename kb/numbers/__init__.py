"""Quantities in text: read in English and Chinese, and written in one canonical form."""

from kb.numbers.parsing import NotationError, read_quantity, reserved
from kb.numbers.writing import write_quantity

__all__ = ["NotationError", "read_quantity", "reserved", "write_quantity"]
