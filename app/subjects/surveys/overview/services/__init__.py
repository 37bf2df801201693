"""Services of アンケート: how far one survey is, step by step."""
