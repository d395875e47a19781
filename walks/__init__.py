"""Walks through the real product: its own servers, worker and web server, and people at a real browser."""
