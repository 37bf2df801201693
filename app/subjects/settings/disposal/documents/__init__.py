"""What the record of an erasing says."""
