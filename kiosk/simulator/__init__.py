"""A stand-in for the locker service on a loopback port: documented rules, state in SQLite, faults on demand.

A second opinion on the documentation: nothing here imports the client (`kiosk.api`) or its models, so that both
can't be wrong in the same way. Beside the standard library only `kiosk.clock` and `kiosk.errors` are used.
"""
