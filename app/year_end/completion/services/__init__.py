"""Services of 検査, 請求書の点検・返戻, 支払 and 会計課への確認, without Qt."""
