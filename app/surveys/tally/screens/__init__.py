"""Qt: the screens of 集計."""
