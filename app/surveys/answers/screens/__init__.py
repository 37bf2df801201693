"""Qt screens of 取り込みと回答一覧."""
