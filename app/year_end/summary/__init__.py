"""年度まとめ, the totals of a year compared with the 仕様書, and links to everything that closes it."""
