"""Quantities in text, read in every language of ``lexicon.LANGUAGES`` and written in one canonical form."""

from kb.numbers.notation import read_quantity, reserved
from kb.numbers.notation_notes import NotationError
from kb.numbers.notation_writing import write_quantity

__all__ = ["NotationError", "read_quantity", "reserved", "write_quantity"]
