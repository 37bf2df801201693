"""Child processes that open files of others, and their supervision."""
