"""What a user can do, without Qt: 設問."""
