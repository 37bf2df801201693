"""Pure decisions: 当日持出しファイル."""
