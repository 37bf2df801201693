"""Services of events, their timetable, equipment, recruitment, 協議 and deadlines."""
