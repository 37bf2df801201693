"""Qt: what the screens of other subjects may use of 当日持出しファイル."""
