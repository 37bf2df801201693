"""Qt: the screens of アンケート."""
