"""年度まとめ: what is read of a year, and what is typed beside it."""
