"""What the papers say: 年間の比較."""
