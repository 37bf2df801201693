"""Content of the documents of schedules."""
