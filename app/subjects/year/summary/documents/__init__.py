"""Documents of 年度まとめ, as blocks."""
