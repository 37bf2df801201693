"""The lower floor: records, tables and the encrypted file that holds them."""
