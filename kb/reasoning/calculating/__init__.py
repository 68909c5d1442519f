"""What follows from the numbers? Formulas on intervals, solved backwards, and stated numbers beside them."""
