"""Whether two numbers agree: their intervals, the distance between them, and the verdict."""
