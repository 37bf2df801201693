"""Qt: the screens of 年間の比較."""
