"""What the papers say: 集計."""
