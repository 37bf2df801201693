"""What can be done with a 復元の点検."""
