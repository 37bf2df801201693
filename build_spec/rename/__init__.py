"""Rename definitions and move modules from a table; for the commits that do nothing else."""
