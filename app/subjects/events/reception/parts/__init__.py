"""Qt parts of the reception for other screens."""
