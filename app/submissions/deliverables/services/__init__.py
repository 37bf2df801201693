"""Services of 提出物の一覧, without Qt."""
