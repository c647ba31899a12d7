"""Starts, watches and ends the hub's processes on this machine."""
