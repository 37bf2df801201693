"""The only SQL: takes a connection, returns records."""
