"""履歴 on the screen."""
