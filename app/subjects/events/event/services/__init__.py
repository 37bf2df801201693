"""What a user can do, without Qt: 実施回・日程・進行・機材・段取り・協議・期限."""
