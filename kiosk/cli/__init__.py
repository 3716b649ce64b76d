"""The `kiosk` command: arguments in, one front end started. The only place that prints."""
