"""資料・報告, all that passes between the ward and the contractor."""
