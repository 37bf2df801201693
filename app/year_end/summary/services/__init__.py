"""Services of 年度まとめ, without Qt."""
