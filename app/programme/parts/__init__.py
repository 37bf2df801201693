"""Qt: the fields of a year’s settings, at the first start and in 設定."""
