"""What a user can do, without Qt: 当日持出しファイル."""
