"""Pure decisions: 検算・代行入力."""
