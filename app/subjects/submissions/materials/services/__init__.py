"""What a user can do, without Qt: 資料確認."""
