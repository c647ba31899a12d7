"""A lesson as a page to read: a published notebook in, safe HTML out, for people, paper and search engines."""
