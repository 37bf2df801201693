"""Services of 提案書の根拠と検討メモ, without Qt."""
