"""当日持出しファイル: one event taken out and brought back."""
