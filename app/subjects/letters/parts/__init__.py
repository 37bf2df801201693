"""Qt: what the screens of other subjects may use of 通知・募集の書類."""
