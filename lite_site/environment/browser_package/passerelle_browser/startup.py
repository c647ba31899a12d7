"""Runs in the pupil's kernel before the first cell: IPython follows `PYTHONSTARTUP` here, in the pupil's namespace."""

__import__("passerelle_browser.hooks")
