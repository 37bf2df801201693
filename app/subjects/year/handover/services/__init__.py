"""Services of 引継書, without Qt."""
