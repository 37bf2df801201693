"""設定: the contract's numbers, closed days, who we are, papers, users, backups, text size."""
