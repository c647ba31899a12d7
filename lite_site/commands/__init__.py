"""The commands of `passerelle`, one module each: its arguments, and what it runs and prints."""
