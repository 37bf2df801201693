"""Reading what was changed."""
