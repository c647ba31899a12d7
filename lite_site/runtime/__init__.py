"""Pyodide and friends: where the browser's bytes come from, verified by hash, stored once."""
