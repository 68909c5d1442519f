"""Calculations: formulas evaluated on intervals, solved for their inputs, and checked against stated figures."""
