"""What the papers say: 事例発表の依頼と承諾書."""
