"""What the papers say: 実施報告書."""
