"""The operator's console in lines."""
