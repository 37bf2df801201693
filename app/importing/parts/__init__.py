"""What the wizards of importing share on the screen."""
