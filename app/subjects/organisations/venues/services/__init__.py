"""What a user can do, without Qt: 会場・予約."""
