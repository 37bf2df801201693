"""What a user can do, without Qt: 年間の比較."""
