"""What was said: quantities, entities, events and findings as values. No input or output happens here."""
