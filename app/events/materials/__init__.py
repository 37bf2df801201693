"""資料確認, the handouts with findings and results."""
