"""The kiosk line by line: asked and answered in lines, on any terminal and on none. Knows no screen."""
