"""Qt parts of 提出物 for other subjects' screens."""
