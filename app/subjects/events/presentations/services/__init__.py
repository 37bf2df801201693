"""What can be done with 事例発表."""
