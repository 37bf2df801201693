"""What the papers say: 設問."""
