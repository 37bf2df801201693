"""Reading files of others for 取り込みと回答一覧."""
