"""One folder a subject, one screen a file."""
