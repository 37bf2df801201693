"""実施回・日程・進行・機材・段取り・協議・期限: an event and everything due for it."""
