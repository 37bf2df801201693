"""年度まとめ: how numbers are counted and judged, without the store."""
