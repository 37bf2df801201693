"""Rules of rosters."""
