"""取り込みと回答一覧: answers from files, doubts decided, paper and online as one."""
