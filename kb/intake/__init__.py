"""How it comes in: seed files become entities, documents become readable, passages get their place."""
