"""提出物, everything that the contractor hands in over a year, with due dates."""
