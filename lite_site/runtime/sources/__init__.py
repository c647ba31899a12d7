"""Places that may hold a site's files, one module each; any of them is good, because the hash decides."""
