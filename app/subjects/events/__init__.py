"""Events (事業) and the people who take part, from the first date to the last document."""
