"""Pure rules of 完了・検査・支払."""
