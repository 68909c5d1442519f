"""The figures of running text, each with its place, what it says and its kind."""

from kb.numbers.scan.mention import ChangeRole, FigureKind, FigureMention, LeftOut, RatioRole, doubts, rows
from kb.numbers.scan.scanner import scan

__all__ = ["ChangeRole", "FigureKind", "FigureMention", "LeftOut", "RatioRole", "doubts", "rows", "scan"]
