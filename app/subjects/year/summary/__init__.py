"""年度まとめ: what a year adds up to, against the 仕様書, and the way to everything that closes it."""
