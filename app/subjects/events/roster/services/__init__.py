"""What a user can do, without Qt: 実施回の参加者."""
