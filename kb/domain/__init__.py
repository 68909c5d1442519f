"""The values that everything else is made of: quantities, entities, events and findings. No input or output here."""
