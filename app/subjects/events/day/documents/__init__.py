"""What the papers say: 当日."""
