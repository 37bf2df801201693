"""数字の食い違い検査, which compares each number of an event between all places that state it."""
