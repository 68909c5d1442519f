"""Which names may mean the same: suggestions that a person accepts or rejects."""
