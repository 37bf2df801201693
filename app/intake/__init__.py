"""Reading other people's files: decode, shape, map, judge; nothing is written."""
