"""Pure decisions: 通知・募集の書類."""
