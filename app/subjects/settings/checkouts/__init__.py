"""持出し管理簿, and lists that leave for a purpose."""
