"""What a user can do, without Qt: 持出し管理簿, and lists that leave for a purpose.."""
