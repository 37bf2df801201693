"""Content of the documents of 事例発表."""
