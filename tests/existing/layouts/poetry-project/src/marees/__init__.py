"""Marées du TP."""
