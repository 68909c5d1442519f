"""Pages, maps, reports and exports as frozen values. Nothing here prints."""
