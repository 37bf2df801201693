"""Qt: the screens of 受付."""
