"""Pure rules on due dates, forms and their values."""
