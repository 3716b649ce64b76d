"""The local directory of contacts, which ParcelPoint does not offer: its file, its import, its search."""
