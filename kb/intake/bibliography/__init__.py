"""Sources of a BibTeX, RIS or CSL-JSON file, as a seed file."""

SUFFIXES = (".bib", ".ris", ".json")
"""Ends of the names of bibliographies; here, so that nothing is loaded to look at a name."""
