"""Qt parts of applications for other screens."""
