"""Qt: the screens of 当日."""
