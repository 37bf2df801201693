"""中止・変更の連絡: a change in a hurry and every call about it."""
