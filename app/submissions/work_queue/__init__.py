"""資料・報告, the list of everything between ward and contractor, with whose turn it is."""
