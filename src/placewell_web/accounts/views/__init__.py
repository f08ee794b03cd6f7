"""What the browser asks of accounts: one's own pages, and the administrator's."""
