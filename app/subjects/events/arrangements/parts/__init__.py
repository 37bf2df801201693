"""Qt parts of arrangements for the page of the day."""
