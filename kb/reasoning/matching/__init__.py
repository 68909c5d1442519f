"""Which names may mean the same? Slips, legal forms and word order: suggestions, which a person accepts or rejects."""
