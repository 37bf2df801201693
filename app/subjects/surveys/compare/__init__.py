"""年間の比較: events and years side by side, and 中間集計."""
