"""Qt: the screens of 会場・予約."""
