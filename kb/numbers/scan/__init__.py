"""Figures found in running prose, English and Chinese, with what they say."""

from kb.numbers.scan.mention import FigureKind, FigureMention, rows
from kb.numbers.scan.scanner import Language, scan

__all__ = ["FigureKind", "FigureMention", "Language", "rows", "scan"]
