"""The server's side of the declaration: the same packages for CPython on Linux, by name, version and hash."""
