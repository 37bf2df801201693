"""資料・報告: what passes between ward and contractor, each thing once, and whose turn it is."""
