"""A finished PDF as a file: what it says of itself, its bytes, joined with others, closed with a password."""
