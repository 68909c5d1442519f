"""The argument map: grounded labels and gradual strengths."""
