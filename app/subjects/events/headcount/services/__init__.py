"""What a user can do, without Qt: 参加人数."""
