"""What the papers say: 資料確認."""
