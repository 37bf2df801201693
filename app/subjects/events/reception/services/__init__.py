"""What a user can do, without Qt: 受付."""
