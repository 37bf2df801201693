"""ホーム・検索: what is to be done, and finding anything; reads all the others."""
