"""Services of 事例発表."""
