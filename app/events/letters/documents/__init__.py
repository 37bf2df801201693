"""Content of the letters and recruitment documents."""
