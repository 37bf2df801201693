"""The data folder: opening, accounts, backups, restoring, checking."""
