"""Qt: the screens of 通知・募集の書類."""
