"""The child processes in which files of others are opened, and who watches them."""
