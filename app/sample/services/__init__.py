"""What a user can do, without Qt: 見本年度."""
