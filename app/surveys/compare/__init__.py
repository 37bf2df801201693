"""年間の比較, to compare events and years, and 中間集計."""
