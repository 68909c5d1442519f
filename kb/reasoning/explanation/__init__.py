"""Sentences that explain a comparison, made from the values that decided it."""
