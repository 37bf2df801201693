"""Qt: the screens of 申込."""
