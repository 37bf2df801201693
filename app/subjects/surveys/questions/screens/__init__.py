"""Qt: the screens of 設問."""
