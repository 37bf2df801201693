"""What a user can do, without Qt: 中止・変更の連絡."""
