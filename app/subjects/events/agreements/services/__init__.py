"""What a user can do, without Qt: 協議の記録・打合せ・宿題."""
