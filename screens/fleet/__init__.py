"""The console over all desks; it shares frame, keys and pages with the desk's own console."""
