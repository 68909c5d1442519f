"""The text and metadata of untrusted PDF, HTML, Markdown and text files, read in a confined child process."""

from kb.intake.document_reader.parsed_document import EXTRACTION_VERSION, Guess, MediaType, Metadata, ParsedDocument
from kb.intake.document_reader.reader import media_type, plain_text, read_document
from kb.intake.document_reader.sandbox import LIMITS, Limits

__all__ = [
    "EXTRACTION_VERSION",
    "LIMITS",
    "Guess",
    "Limits",
    "MediaType",
    "Metadata",
    "ParsedDocument",
    "media_type",
    "plain_text",
    "read_document",
]
