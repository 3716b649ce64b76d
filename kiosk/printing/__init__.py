"""Paper: slips and shelf labels, from ready texts to the printer. Knows no parcels, no journal and no words.

`papers.py` has the values and their layouts, `preview.py` and `drawing.py` show a layout as lines and as a picture,
`encoding.py` says the picture in a printer's language, and `door.py` sends it. What draws needs Pillow, and is loaded
only by whoever prints.
"""
