"""中止・変更の連絡: the decision about a 中止 or change, and all calls about it."""
