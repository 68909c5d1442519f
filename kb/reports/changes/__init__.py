"""What changed on a question between two moments."""
