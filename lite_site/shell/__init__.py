"""JupyterLite's pages: built once per site, trimmed, with our extension; thin app pages per course."""
