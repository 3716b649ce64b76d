"""The operator's console, one screen a file."""
