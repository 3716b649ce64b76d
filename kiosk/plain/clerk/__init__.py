"""The clerk's work line by line: the same dialogue, the same desk and the same queries as the screens."""
