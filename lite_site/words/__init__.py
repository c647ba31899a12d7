"""What people read, in French and English: gettext catalogues and who speaks from them."""
