"""What can be done with what falls due."""
