"""年度まとめ: what its papers say, as blocks."""
