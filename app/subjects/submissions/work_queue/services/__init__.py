"""Services of 資料・報告, without Qt."""
