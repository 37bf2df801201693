"""Content of the documents of rosters."""
