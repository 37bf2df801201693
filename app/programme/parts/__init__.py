"""Qt: the fields of a year's settings, for the first start and 設定."""
