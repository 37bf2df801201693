"""What stands before the main window: first start, login, lock, trouble, restoring."""
