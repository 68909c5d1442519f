"""What does a bibliography list? Sources with their fields, from BibTeX, RIS or CSL-JSON, ready to be a seed file."""

SUFFIXES = (".bib", ".ris", ".json")
"""Ends of the names of bibliographies; here, so that nothing is loaded to look at a name."""
