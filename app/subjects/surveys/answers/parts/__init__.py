"""Qt: what the screens of other subjects may use of 取り込みと回答一覧."""
