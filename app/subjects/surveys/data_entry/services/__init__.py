"""Services of 検算・代行入力, without Qt."""
