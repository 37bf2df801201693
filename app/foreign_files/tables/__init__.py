"""The table in a list of others: headings, rows, and size limits."""
