"""Formulas as text: parsed from plain text, written as plain text, and written as MathML.

Python's own parser reads the text; a node of any kind that is not listed here is refused.
"""

import ast
import re
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from html import escape
from typing import assert_never

from kb.domain.formula.tree import Binary, Call, Compare, Expr, FormulaError, Name, Neg, Number, constant_value

# A seed file may come from a stranger: nothing that it spells may take long to parse, to nest or to raise.
LONGEST = 2_000
"""The most characters of a formula."""
DEEPEST = 50
"""The most levels of a formula, from the whole to its innermost name."""
LARGEST_POWER = 64
"""The greatest power that a formula may spell out, and the least with a minus sign."""
FUNCTIONS = ("min", "max", "sum")

_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="}
_NUMBER = re.compile(r"(?<![\w.])([0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(\w++)?(\s*+%)?")
_PLAIN = {"\t": " ", "\u00a0": " ", "\u00d7": "*", "\u2212": "-", "\u00f7": "/"}
_TOO_DEEP = (f"the formula is nested deeper than {DEEPEST} levels", "give a part of it a calculation of its own")


def parse_formula(text: str) -> Expr:
    """The tree that ``text`` spells.

    >>> parse_formula("fee / 25%")
    Binary(sign='/', left=Name(name='fee'), right=Number(value=Fraction(1, 4), percent=True))

    Raises:
        FormulaError: ``text`` is no formula; the column says where.
    """
    _check_limits(text)
    plain, percentages = _without_percent(text)
    lead = len(plain) - len(plain.lstrip())
    try:
        tree = ast.parse(plain[lead:], mode="eval").body
    except SyntaxError as error:
        raise _syntax(text, lead + (error.offset or 1)) from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError(*_TOO_DEEP) from None
    return _Translator(plain, lead, percentages).top(tree)


def _check_limits(text: str) -> None:
    if not text.strip():
        raise FormulaError("the formula is empty", "write one like 'fee - value * use'")
    if len(text) > LONGEST:
        raise FormulaError(f"the formula is longer than {LONGEST} characters", _TOO_DEEP[1])
    depth = 0
    for column, sign in enumerate(text, 1):
        depth += (sign == "(") - (sign == ")")
        if depth > DEEPEST:
            raise FormulaError(*_TOO_DEEP, column)
        # Strings, comments and continued lines would change what Python's parser sees of the rest.
        if sign in "\\#\"'`;{}[]:@!&|^~" or not (sign.isprintable() or sign in _PLAIN):
            raise FormulaError(f"{sign!r} has no place in a formula", _INSTEAD.get(sign, ""), column)


_INSTEAD = {"^": "write '**' for a power", "\n": "write it on one line", "!": "compare with < <= > >= =="}


def _without_percent(text: str) -> tuple[str, frozenset[int]]:
    """``text`` with blanks for percent signs, and where percentages start; every sign keeps its column."""
    letters, starts = [_PLAIN.get(sign, sign) for sign in text], set()
    for literal in _NUMBER.finditer(text):
        if literal[2]:
            hint = "write it out, e.g. '8000' for '8k'"
            raise FormulaError(f"{literal[1] + literal[2]!r} is not a number", hint, literal.start() + 1)
        if literal[3]:
            letters[literal.end() - 1] = " "
            starts.add(literal.start())
    plain = "".join(letters)
    if "%" in plain:
        hint = "write '25%', or multiply by a fraction"
        raise FormulaError("'%' may only follow a number", hint, plain.index("%") + 1)
    return plain, frozenset(starts)


def _syntax(text: str, column: int) -> FormulaError:
    lone = re.search(r"(?<![=<>])=(?!=)", text)
    if lone:
        hint = "give the right side alone, or compare with '=='"
        return FormulaError("'=' has no place in a formula", hint, lone.start() + 1)
    hint = "write one like '(fee - value * use) / fee'"
    return FormulaError("the formula cannot be read here", hint, min(max(column, 1), len(text)))


class _Translator:
    """Translates Python's tree into an ``Expr``, and refuses what a formula cannot have."""

    def __init__(self, plain: str, lead: int, percentages: frozenset[int]) -> None:
        self.plain = plain
        self.lead = lead
        self.percentages = percentages

    def place(self, node: ast.expr) -> int:
        """Where ``node`` starts, in characters from 0."""
        # Python counts in bytes of UTF-8, so that in "费用 + 8k" it would point past the 8.
        return self.lead + len(self.plain[self.lead :].encode()[: node.col_offset].decode())

    def refused(self, what: str, hint: str, node: ast.expr) -> FormulaError:
        return FormulaError(what, hint, self.place(node) + 1)

    def top(self, node: ast.expr) -> Expr:
        if not isinstance(node, ast.Compare):
            return self.expr(node, 1)
        if len(node.ops) > 1:
            raise self.refused("two comparisons in one formula", "compare once, at the top", node)
        sign = _COMPARISONS.get(type(node.ops[0]))
        if sign is None:
            raise self.refused("this comparison is unknown", "use one of < <= > >= ==", node)
        return Compare(sign, self.expr(node.left, 2), self.expr(node.comparators[0], 2))

    def expr(self, node: ast.expr, depth: int) -> Expr:
        if depth > DEEPEST:
            raise self.refused(*_TOO_DEEP, node)
        match node:
            case ast.Constant():
                return self.number(node)
            case ast.Name():
                return self.name(node)
            case ast.UnaryOp(op=ast.USub()):
                return Neg(self.expr(node.operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.expr(node.operand, depth + 1)
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                return self.binary(node, depth)
            case ast.Call():
                return self.call(node, depth)
            case _:
                raise self.refused(*_refusal_reason(node), node)

    def number(self, node: ast.Constant) -> Number:
        literal = _NUMBER.match(self.plain, self.place(node))
        if type(node.value) not in (int, float) or not literal:
            raise self.refused(
                f"{node.value!r} is not a number", "write digits and a point, e.g. '0.25' or '25%'", node
            )
        percent = literal.start() in self.percentages
        return Number(Fraction(literal[1]) / (100 if percent else 1), percent, self.place(node) + 1)

    def name(self, node: ast.Name) -> Name:
        if node.id in FUNCTIONS:
            raise self.refused(f"{node.id!r} is a function", f"write '{node.id}(…)', or choose another name", node)
        return Name(node.id, self.place(node) + 1)

    def binary(self, node: ast.BinOp, depth: int) -> Binary:
        made = Binary(_ARITHMETIC[type(node.op)], self.expr(node.left, depth + 1), self.expr(node.right, depth + 1))
        power = constant_value(made.right) if made.sign == "**" else None
        if power is not None and abs(power) > LARGEST_POWER:
            raise self.refused(f"the power is above {LARGEST_POWER}", "", node.right)
        return made

    def call(self, node: ast.Call, depth: int) -> Call:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if function not in FUNCTIONS:
            raise self.refused(f"unknown function {function!r}", f"there are {', '.join(FUNCTIONS)}", node)
        if not node.args or node.keywords:
            raise self.refused(f"{function!r} takes one or more values", "", node)
        return Call(function, tuple(self.expr(argument, depth + 1) for argument in node.args))


def _refusal_reason(node: ast.expr) -> tuple[str, str]:
    match node:
        case ast.Tuple():
            return "a comma has no place in a number", "write 1000 for 1,000"
        case ast.Compare():
            return "a comparison may only stand at the top of a formula", ""
        case ast.BinOp():
            return "this operator is unknown", "use + - * / **"
        case _:
            return "this has no place in a formula", "use names, numbers, + - * / **, min, max and sum"


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}
_NEGATIVE, _CLOSED = 3, 5
# Wider than the longest formula, so that a literal is written back exactly.
_WIDE = Context(prec=5_000)
_SIGNS = {"*": "\u00d7", "-": "\u2212", "<=": "\u2264", ">=": "\u2265", "==": "="}


def write_formula(expr: Expr) -> str:
    """``expr`` as plain text with the fewest parentheses, from which ``parse_formula`` makes ``expr`` again."""
    match expr:
        case Number():
            return _number_text(expr)
        case Name(name):
            return name
        case Neg(of):
            return "-" + _bracketed(of, _rank(of) >= _NEGATIVE)
        case Binary(sign, left, right):
            return f"{_bracketed(left, _left_fits(expr))} {sign} {_bracketed(right, _right_fits(expr))}"
        case Call(function, arguments):
            return f"{function}({', '.join(write_formula(argument) for argument in arguments)})"
        case Compare(sign, left, right):
            return f"{write_formula(left)} {sign} {write_formula(right)}"
        case _:
            assert_never(expr)


def _bracketed(expr: Expr, fits: bool) -> str:
    return write_formula(expr) if fits else f"({write_formula(expr)})"


def _rank(expr: Expr) -> int:
    if isinstance(expr, Binary):
        return _RANK[expr.sign]
    return _NEGATIVE if isinstance(expr, Neg) else _CLOSED


def _left_fits(expr: Binary) -> bool:
    own = _RANK[expr.sign]
    return _rank(expr.left) > own if expr.sign == "**" else _rank(expr.left) >= own


def _right_fits(expr: Binary) -> bool:
    return _rank(expr.right) >= _NEGATIVE if expr.sign == "**" else _rank(expr.right) > _RANK[expr.sign]


def _number_text(number: Number) -> str:
    value = number.value * 100 if number.percent else number.value
    digits = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return format(digits, "f") + ("%" if number.percent else "")


def mathml(expr: Expr, labels: Mapping[str, str] | None = None) -> str:
    """``expr`` as a MathML element for a page; every text in it is escaped.

    >>> mathml(Name("fee"), {"fee": "a fee < 2"})[-47:]
    '<mrow><mtext>a fee &lt; 2</mtext></mrow></math>'

    Args:
        expr: The formula.
        labels: What to print for a name; a name without a label is printed itself.
    """
    inside = _MathMLWriter(labels or {}).draw(expr)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow>{inside}</mrow></math>'


class _MathMLWriter:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def draw(self, expr: Expr) -> str:
        match expr:
            case Number():
                return f"<mn>{_number_text(expr)}</mn>"
            case Name(name):
                return self.name(name)
            case Neg(of):
                return f"<mrow>{_sign('-')}{self.inside(of, _rank(of) >= _NEGATIVE or _is_fraction(of))}</mrow>"
            case Binary():
                return self.binary(expr)
            case Call(function, arguments):
                inner = "<mo>,</mo>".join(self.draw(argument) for argument in arguments)
                return f"<mrow><mi>{function}</mi><mo>&#8289;</mo>{_in_brackets(inner)}</mrow>"
            case Compare(sign, left, right):
                return f"<mrow>{self.draw(left)}{_sign(sign)}{self.draw(right)}</mrow>"
            case _:
                assert_never(expr)

    def name(self, name: str) -> str:
        label = self.labels.get(name)
        return f"<mtext>{escape(label)}</mtext>" if label else f"<mi>{escape(name)}</mi>"

    def binary(self, expr: Binary) -> str:
        if expr.sign == "/":
            return f"<mfrac>{self.draw(expr.left)}{self.draw(expr.right)}</mfrac>"
        if expr.sign == "**":
            return f"<msup>{self.inside(expr.left, _rank(expr.left) == _CLOSED)}{self.draw(expr.right)}</msup>"
        left = self.inside(expr.left, _left_fits(expr) or _is_fraction(expr.left))
        right = self.inside(expr.right, _right_fits(expr) or _is_fraction(expr.right))
        return f"<mrow>{left}{_sign(expr.sign)}{right}</mrow>"

    def inside(self, expr: Expr, fits: bool) -> str:
        return self.draw(expr) if fits else _in_brackets(self.draw(expr))


def _is_fraction(expr: Expr) -> bool:
    return isinstance(expr, Binary) and expr.sign == "/"


def _sign(sign: str) -> str:
    return f"<mo>{escape(_SIGNS.get(sign, sign))}</mo>"


def _in_brackets(inner: str) -> str:
    return f"<mrow><mo>(</mo>{inner}<mo>)</mo></mrow>"
