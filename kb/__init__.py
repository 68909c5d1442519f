"""A knowledge base of claims and evidence: who said which number, where, and what follows."""

__version__ = "0.1.0"
