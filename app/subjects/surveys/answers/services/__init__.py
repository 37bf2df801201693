"""What a user can do, without Qt: 取り込みと回答一覧."""
