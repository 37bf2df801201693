"""Services for data due for erasing and for the end of a contract."""
