"""Reading workbooks of others: zip contents, sheets, cells, and forms that come back."""
