"""Teachers' Markdown, MyST's in it, to HTML that is safe in a page."""
