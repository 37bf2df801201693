"""A finished PDF as a file: its metadata, its bytes, joining with others, encryption."""
