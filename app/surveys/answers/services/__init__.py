"""Services of 取り込みと回答一覧, without Qt."""
