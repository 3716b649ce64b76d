"""The finder of drop-off facilities: its screens, and the widgets only they use."""
