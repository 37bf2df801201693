"""Pure decisions: 年間の比較."""
