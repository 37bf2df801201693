"""Qt parts of rosters for roster and check-in."""
