"""取り込みと回答一覧, to import online answers, decide doubtful ones, and merge paper and online."""
