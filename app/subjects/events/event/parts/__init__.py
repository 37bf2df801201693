"""Qt parts of events for the screens of other subjects."""
