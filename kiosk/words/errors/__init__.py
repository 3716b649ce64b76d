"""What is said of an error: a title, a sentence and what to do, made from its code and parameters; a file a room."""

from kiosk.words.errors.explaining import Said, SpokenError, explain, explain_cause

__all__ = ["Said", "SpokenError", "explain", "explain_cause"]
