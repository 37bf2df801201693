"""Qt: the screens of 実施回の参加者."""
