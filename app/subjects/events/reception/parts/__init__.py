"""Qt: what the screens of other subjects may use of the door."""
