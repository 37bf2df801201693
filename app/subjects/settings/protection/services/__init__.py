"""The 情報授受簿, and what the ledgers call for on home."""
