"""Backups, the change log, restoring, and rebuilding an earlier state of the data."""
