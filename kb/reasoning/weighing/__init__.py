"""What stands? Strengths and labels of the argument map, and what the voices come to together."""
