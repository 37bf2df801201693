"""Services of 年間の比較, without Qt."""
