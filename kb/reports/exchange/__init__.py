"""Argument maps for other programs: AIF-JSON, DOT, GraphML and Argdown."""
