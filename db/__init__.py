"""Records, SQL and the encrypted database file; imports nothing of ``app``."""
