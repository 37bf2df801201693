"""The door on the day: receiving people, 当日受付, the paper list, the end of the reception."""
