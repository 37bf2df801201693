"""Qt: what the screens of other subjects may use of 設問."""
