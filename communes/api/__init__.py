"""What every view of the API stands on, and the API of this floor: tokens, errors, paging, filters, units."""
