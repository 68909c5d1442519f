"""Use cases: what a user does with the base, called by the pages and the commands."""
