"""What the program is about: one folder a subject, low to high; the order is a contract."""
