"""Entity resolution: names that may mean the same, suggested to a person who decides."""
