"""The room for sharing work out: ranges given to people, what is next for me, and what one did on which day."""
