"""What communes have, ask for and get, beside how they stand; and what the support changed."""
