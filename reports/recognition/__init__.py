"""Communes that finished ahead and communes that improved most. Units only: never a person."""
