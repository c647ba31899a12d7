"""The commands of `passerelle hub`, one module each: its arguments, and what it runs and prints."""
