"""Calculations: formulas evaluated on intervals, solved for their inputs, and compared with stated figures."""
