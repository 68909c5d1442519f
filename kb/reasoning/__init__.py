"""What follows: positions, findings, calculations, weights and consensus. Pure functions of what is known."""
