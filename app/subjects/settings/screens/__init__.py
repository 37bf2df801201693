"""Qt: the screens of 設定."""
