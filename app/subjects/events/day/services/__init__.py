"""Services of the day."""
