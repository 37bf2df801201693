"""Qt: the screens of 実施報告書."""
