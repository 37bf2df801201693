"""中止・変更の連絡: the decision, the calls, the texts to copy and what follows."""
