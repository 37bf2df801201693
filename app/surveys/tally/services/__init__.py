"""What a user can do, without Qt: 集計."""
