"""The sources of a base as a bibliography: BibTeX, RIS and CSL-JSON."""
