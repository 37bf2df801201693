"""Pictures that the program takes of itself on the sample year, for its papers and for looking at a change."""
