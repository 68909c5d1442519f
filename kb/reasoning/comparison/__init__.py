"""Comparison of two numbers: their intervals, the distance between them, and the verdict."""
