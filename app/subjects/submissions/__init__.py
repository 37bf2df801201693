"""資料・報告: what passes between the ward and the contractor."""
