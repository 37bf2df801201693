"""Qt parts of 当日持出しファイル for other screens."""
