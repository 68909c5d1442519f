"""Where is it reached? Addresses, pages with their JSON twins, headers and error pages."""
