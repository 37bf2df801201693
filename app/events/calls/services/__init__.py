"""Services of 中止・変更の連絡."""
