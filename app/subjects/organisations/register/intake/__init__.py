"""Reading lists of 団体 and people that others made."""
