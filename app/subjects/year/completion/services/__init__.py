"""What a user can do, without Qt: 検査, 請求書の点検・返戻, 支払, 会計課への確認."""
