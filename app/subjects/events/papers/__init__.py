"""What the papers say: 実施回・日程・進行・機材・段取り・協議・期限."""
