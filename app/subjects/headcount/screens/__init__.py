"""Qt: the screens of 参加人数."""
