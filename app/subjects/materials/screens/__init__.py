"""Qt: the screens of 資料確認."""
