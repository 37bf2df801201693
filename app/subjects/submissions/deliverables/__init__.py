"""What the contractor hands in over a year, each with its due date: 提出物."""
