"""Reading any file of others: decoded, shaped, every doubt named; nothing is written."""
