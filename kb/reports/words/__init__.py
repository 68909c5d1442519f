"""Sentences and amounts in words for readers, made when they are shown."""
