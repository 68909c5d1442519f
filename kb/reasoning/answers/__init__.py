"""Answers to questions: their direction, and the single changes that would alter it."""
