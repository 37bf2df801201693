"""What the papers say: 中止・変更の連絡."""
