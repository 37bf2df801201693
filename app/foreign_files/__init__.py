"""Reading any file of others: decoding, finding the table, reporting every doubt; nothing is written."""
