"""Argument maps in AIF-JSON (the format of AIFdb and OVA, also wrapped as xAIF), as seed files."""
