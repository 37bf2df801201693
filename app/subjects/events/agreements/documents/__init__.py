"""What the papers say: 協議記録, 打合せ記録, 協議記録一覧."""
