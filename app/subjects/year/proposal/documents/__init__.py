"""Documents of 提案書 and 検討メモ, as blocks."""
