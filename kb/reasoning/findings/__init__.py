"""Positions on a measure, the origins of its figures, and the findings between them."""
