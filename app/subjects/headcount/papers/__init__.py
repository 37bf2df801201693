"""What the papers say: 参加人数."""
