"""Quantities in text, read in every language of ``lexicon.LANGUAGES`` and written in one canonical form."""

from kb.numbers.notation import NotationError, read_quantity, reserved, write_quantity

__all__ = ["NotationError", "read_quantity", "reserved", "write_quantity"]
