"""What other screens open of this subject: the typing of an application that comes by telephone."""
