"""What a user can do, without Qt: 検算・代行入力."""
