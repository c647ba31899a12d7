"""Contents to static site: everything here runs without a server and imports nothing from `fallback_hub`."""

__version__ = "0.1.0"
