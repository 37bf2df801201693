"""What a user can do, without Qt: 提案書の根拠と検討メモ."""
