"""Who comes in a place of the roster: for the roster and for the door."""
