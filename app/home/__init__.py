"""What the ward has to do today and what has changed (ホーム・変更)."""
