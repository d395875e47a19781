"""The room where pictures of pages arrive, are worked on, and are shown."""
