"""Services of ホーム・検索, without Qt."""
