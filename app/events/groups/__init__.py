"""Groups (班分け) of an 意見交換会."""
