"""civreg: digitizing the civil-status registers of a district."""
