"""ホーム・検索, the open tasks and the global search; reads all other subjects."""
