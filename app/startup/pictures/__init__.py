"""Pictures that the program takes of itself on the sample year, for its documentation and for checking changes."""
