"""当日: the papers of a day, looked over and printed together."""
