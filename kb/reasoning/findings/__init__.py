"""What the engine finds: positions and their origins, and the findings between them."""
