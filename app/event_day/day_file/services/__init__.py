"""Services of 当日持出しファイル."""
