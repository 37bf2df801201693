"""Services of the 従事者名簿 and of trainings."""
