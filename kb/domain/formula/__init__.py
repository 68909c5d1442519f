"""What does a calculation compute? Formulas as small frozen trees, read without running anything.

A formula has names, decimal numbers, percentages, ``+ - * / **``, ``min max sum``, parentheses, and at the top at most
one comparison: ``(fee - value * use * (1 - 75%)) / fee``.
"""

from kb.domain.formula.currency import common_currency, foreign, told_in
from kb.domain.formula.dimension import unit_of
from kb.domain.formula.reading import parse_formula
from kb.domain.formula.tree import Binary, Call, Compare, Expr, FormulaError, Name, Neg, Number, children, names
from kb.domain.formula.writing import mathml, write_formula

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
    "foreign",
    "mathml",
    "names",
    "parse_formula",
    "told_in",
    "unit_of",
    "write_formula",
]
