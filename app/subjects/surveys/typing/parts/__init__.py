"""Qt: what the screens of other subjects may use of 検算・代行入力."""
