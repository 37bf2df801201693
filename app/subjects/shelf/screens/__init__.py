"""Qt: the screens of 帳票."""
