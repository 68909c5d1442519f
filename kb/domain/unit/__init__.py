"""Units: exact algebra of products and powers, open to nouns that nobody declared.

The project writes ``USD/month``, ``USD/Mtoken``, ``token/month``, ``fraction``, ``multiple``, ``person``: names joined
by ``*`` and ``/``, powers by ``**``. By definition a month is one twelfth of a year, a quarter one fourth, a year 365
days and a week 7; currencies have no rate here. ``k``, ``M``, ``G`` and ``T`` before a known name mean thousands,
millions, billions (10**9) and trillions (10**12) of it.
"""

from kb.domain.unit.algebra import NUMBER, Atom, Unit, UnitError, is_currency
from kb.domain.unit.vocabulary import STANDARD, Definition, Units, parse_unit

__all__ = [
    "NUMBER",
    "STANDARD",
    "Atom",
    "Definition",
    "Unit",
    "UnitError",
    "Units",
    "is_currency",
    "parse_unit",
]
