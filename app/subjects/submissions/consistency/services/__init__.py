"""What a user can do, without Qt: 数字の食い違い検査."""
