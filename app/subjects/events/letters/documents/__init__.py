"""What the papers say: 通知・募集の書類."""
