"""Records of what passes between ward and contractor (資料・報告): handouts, reports, every other paper received."""
