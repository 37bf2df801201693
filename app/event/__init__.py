"""Events (実施回) with timetable, equipment, recruitment steps, 協議 and deadlines."""
