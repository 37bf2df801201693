"""What the papers say: 実施回の参加者."""
