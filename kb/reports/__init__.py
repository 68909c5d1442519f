"""What a reader sees, as frozen values: maps, sheets, briefs and exports. Nothing here prints."""
