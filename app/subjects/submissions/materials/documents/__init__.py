"""Documents of 資料確認, as blocks."""
