"""Rules of 年度まとめ to count and judge numbers, without the store."""
