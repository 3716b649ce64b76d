"""Everything that is drawn on a terminal, with Textual. Rules of the trade live in `kiosk/desk`, not here."""
