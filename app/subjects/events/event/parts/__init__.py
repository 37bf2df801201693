"""Qt: what the screens of other subjects may use of 実施回・日程・進行・機材・段取り・協議・期限."""
