"""Qt screens of 集計."""
