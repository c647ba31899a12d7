"""Notebooks: reading any format, the one form we publish, and what a notebook says about itself."""
