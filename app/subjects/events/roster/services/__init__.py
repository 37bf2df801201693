"""Services of rosters."""
