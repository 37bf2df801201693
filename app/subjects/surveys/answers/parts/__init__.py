"""Qt parts of 取り込みと回答一覧 for other subjects' screens."""
