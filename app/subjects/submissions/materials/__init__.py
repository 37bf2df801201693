"""資料確認: handouts, findings, results."""
