"""Formulas as small frozen trees; reading one runs nothing.

A formula has names, decimal numbers, percentages, ``+ - * / **``, ``min max sum``, parentheses, and at the top at most
one comparison: ``(fee - value * use * (1 - 75%)) / fee``.
"""

from kb.domain.formula.text import mathml, parse_formula, write_formula
from kb.domain.formula.tree import (
    Binary,
    Call,
    Compare,
    Expr,
    FormulaError,
    Name,
    Neg,
    Number,
    children,
    names,
    occurrences,
)
from kb.domain.formula.units import common_currency, foreign_currencies, unit_of, units_in_currency

__all__ = [
    "Binary",
    "Call",
    "Compare",
    "Expr",
    "FormulaError",
    "Name",
    "Neg",
    "Number",
    "children",
    "common_currency",
    "foreign_currencies",
    "mathml",
    "names",
    "occurrences",
    "parse_formula",
    "unit_of",
    "units_in_currency",
    "write_formula",
]
