"""Services of 数字の食い違い検査, without Qt."""
