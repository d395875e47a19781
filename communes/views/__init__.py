"""The pages of communes: the door (log-in, own password, language) and the administrator's rooms."""
