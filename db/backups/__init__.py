"""What brings data back: backups, the change log, copies, and the past."""
