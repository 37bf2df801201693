"""What a user can do, without Qt: 提出物の一覧."""
