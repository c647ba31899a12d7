"""Runs lessons in a real browser, in the site that was built, and keeps what happened."""
