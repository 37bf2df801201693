"""What can be done to a data folder, without Qt."""
