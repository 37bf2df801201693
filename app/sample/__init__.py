"""見本年度: a complete fictitious year."""
