"""Services of 資料確認, without Qt."""
