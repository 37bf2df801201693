"""What a user can do, without Qt: 申込."""
