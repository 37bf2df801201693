"""What a list of others is as a table: its headings, its rows, and how large it may be."""
