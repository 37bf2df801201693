"""Services that create the sample year (見本年度)."""
