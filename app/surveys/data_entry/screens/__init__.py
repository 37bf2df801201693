"""Qt screens of 検算・代行入力."""
