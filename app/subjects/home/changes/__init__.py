"""What was changed, by whom and where."""
