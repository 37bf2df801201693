"""資料確認: handouts received, findings, results, over all events and for one."""
