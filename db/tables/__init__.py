"""Queries in SQL, which take a connection and return records."""
