"""The local directory of contacts: ParcelPoint has no search for them."""
