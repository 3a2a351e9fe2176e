"""What the buttons do: fetch from the store, call the pure rooms, keep in the store.

One module per page that does work; the command line calls the same functions.
"""
