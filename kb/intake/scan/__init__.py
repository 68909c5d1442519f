"""Which figures stand in a document? Found in running prose, English and Chinese, with what they say."""

from kb.intake.scan.mention import Kind, Mention, rows
from kb.intake.scan.reader import Language, scan

__all__ = ["Kind", "Language", "Mention", "rows", "scan"]
