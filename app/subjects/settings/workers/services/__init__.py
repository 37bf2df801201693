"""Reading the 従事者名簿."""
