"""E-mail where an installation names a server: an outbox in the database, emptied by the worker. No request sends."""
