"""設定: the numbers, names and days of the year, the users, the backups."""
