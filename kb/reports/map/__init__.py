"""The argument map of a question: what it shows, where everything stands, and the same as an outline."""
