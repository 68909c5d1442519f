"""Drafts of seed files made from documents; everything in them that is guessed is marked as a guess."""
