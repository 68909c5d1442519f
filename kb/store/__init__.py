"""Where it is kept: the event log, and the tables that are computed from it."""
