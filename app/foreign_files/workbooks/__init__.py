"""Workbooks of others: what their zip holds, sheets, cells, and forms that come back."""
