"""設定 (numbers, names and days of the year) and the ledgers of 情報保護."""
