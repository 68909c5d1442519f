"""A ledger for claims: who said which number, where, and what follows from it."""

__version__ = "0.1.0"
