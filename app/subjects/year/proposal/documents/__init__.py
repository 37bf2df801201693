"""What 提案書 and 検討メモ say, as blocks."""
