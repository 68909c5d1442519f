"""Do two numbers agree? Their intervals, how far apart they lie, and the verdict."""
