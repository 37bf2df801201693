"""What a user can do, without Qt: 通知・募集の書類."""
