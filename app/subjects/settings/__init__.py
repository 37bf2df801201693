"""設定: numbers, names and days, and the ledgers of 情報保護."""
